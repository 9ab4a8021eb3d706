/** What happened to incidents that nobody was told of yet, in the transaction that keeps it. */
export const INCIDENT_NOTICE_TABLES = `
-- source: change, step (source_id names it) or overdue (the row itself).
create table untold_incident (
  seq bigint generated always as identity primary key,
  incident_id text collate "C" not null,
  source text not null,
  source_id text collate "C" not null,
  overdue jsonb
);

-- A rise is one only above all that was told since the incident began, or came back after its end; blindness counts when the whole incident becomes or was blind. What
-- joins is kept as it is: it may reach further owners, or come after the end.
create function incident_change_is_untold() returns trigger language plpgsql as
  $body$ begin
    insert into untold_incident (incident_id, source, source_id)
    select fresh.incident_id, 'change', fresh.id from fresh
    left join incident_change as before on before.incident_id = fresh.incident_id and before.n = fresh.n - 1
    left join incident on incident.id = fresh.incident_id
    where fresh.kind in ('opened', 'joined', 'reopened', 'absorbed')
      or (fresh.kind = 'escalated' and not exists (
        select 1 from incident_change as told
        where told.incident_id = fresh.incident_id and told.n < fresh.n and told.kind in ('opened', 'escalated')
          and told.noticed_at >= coalesce(
            greatest(incident.released_at, to_timestamp((incident.disposal ->> 'detectedAt')::float8 / 1000)),
            '-infinity')
          and array_position(array['blue', 'yellow', 'orange', 'red'], told.summary ->> 'severity')
            >= array_position(array['blue', 'yellow', 'orange', 'red'], fresh.summary ->> 'severity')))
      or (fresh.kind = 'blinded' and fresh.summary ->> 'condition' = 'blind'
        and before.summary ->> 'condition' is distinct from 'blind')
      or (fresh.kind = 'restored' and before.summary ->> 'condition' = 'blind')
    order by fresh.incident_id, fresh.n;
    return null;
  end $body$;
create trigger incident_change_untold after insert on incident_change referencing new table as fresh
  for each statement execute function incident_change_is_untold();

create function incident_step_is_untold() returns trigger language plpgsql as
  $body$ begin
    insert into untold_incident (incident_id, source, source_id) values (new.incident_id, 'step', new.id);
    return null;
  end $body$;
create trigger incident_step_untold after insert on incident_step
  for each row when (new.kind in ('warned', 'dispatched', 'feedback', 'released', 'archived'))
  execute function incident_step_is_untold();

create function incident_overdue_is_untold() returns trigger language plpgsql as
  $body$ begin
    insert into untold_incident (incident_id, source, source_id, overdue)
    values (new.incident_id, 'overdue', '', to_jsonb(new));
    return null;
  end $body$;
create trigger incident_overdue_untold after insert on incident_overdue
  for each row execute function incident_overdue_is_untold();

-- A gap is about an alarm or an incident, and may be an organisation that has nobody.
alter table notify_gap
  alter column alarm_id drop not null,
  add column incident_id text collate "C",
  add column org_id text collate "C" not null default '',
  drop constraint notify_gap_change_id_reason_recipient_id_key,
  add constraint notify_gap_once unique (change_id, reason, recipient_id, org_id);
`;
