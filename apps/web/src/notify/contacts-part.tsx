import { AutoComplete, Button, Input, Segmented, Select } from 'antd';
import { SEVERITIES, type Severity } from '@anmai/catalog';
import type { ContactsShape } from '@anmai/wire';
import { useState } from 'react';
import { useMe } from '../session/data';
import { mayManageUsers } from '../session/permissions';
import { FormField } from '../shell/form-field';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { SaveProblem } from '../shell/save-problem';
import { useWords } from '../text/language';
import { useContacts, useSaveContacts, useUsers, type ContactsBody } from './notify-data';
import { QuietFields } from './quiet-fields';
import { useChannels } from './use-channels';

const ADDRESS_CHARS_MAX = 320;

/** How a person is reached: the own ones, or those of others for whoever manages accounts. */
export function ContactsPart() {
  const { t } = useWords();
  const me = useMe().data;
  const users = useUsers().data?.items ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const username = chosen ?? me?.username;
  const query = useContacts(username);
  return (
    <section>
      <div className="part-head">
        <p className="quiet">{t('contact.intro')}</p>
        {mayManageUsers(me?.role) ? (
          <Select<string>
            style={{ minWidth: 240 }}
            aria-label={t('contact.whose')}
            showSearch={{ optionFilterProp: 'label' }}
            value={username ?? null}
            onChange={setChosen}
            options={users.map(user => ({
              value: user.username,
              label: `${user.displayName} ${user.username}`,
            }))}
          />
        ) : (
          <span className="quiet">{t('contact.ownOnly')}</span>
        )}
      </div>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <PaneSkeleton />}
      {query.data && (
        <ContactForm
          key={`${query.data.username} ${query.data.version}`}
          stored={query.data}
          onReload={() => void query.refetch()}
        />
      )}
    </section>
  );
}

function ContactForm({
  stored,
  onReload,
}: {
  readonly stored: ContactsShape;
  readonly onReload: () => void;
}) {
  const { t } = useWords();
  const { username, version, unconfigured } = stored;
  const before: ContactsBody = { language: stored.language, contacts: stored.contacts, quiet: stored.quiet };
  const [body, setBody] = useState(before);
  const save = useSaveContacts(username);
  const isSame = JSON.stringify(body) === JSON.stringify(before);
  const lacks = body.contacts.some(({ channel, address }) => channel.trim() === '' || address.trim() === '');
  return (
    <div data-testid="contact-form" data-username={username} data-version={version}>
      <FormField label={t('contact.language')}>
        <Segmented<'zh' | 'en'>
          size="small"
          value={body.language}
          onChange={language => setBody({ ...body, language })}
          options={[
            { value: 'zh', label: t('contact.zh') },
            { value: 'en', label: t('contact.en') },
          ]}
        />
      </FormField>
      <h3>{t('contact.ways')}</h3>
      {body.contacts.length === 0 && <p className="blind-note">{t('contact.none')}</p>}
      <Ways
        contacts={body.contacts}
        unconfigured={unconfigured}
        onChange={contacts => setBody({ ...body, contacts })}
      />
      <QuietFields quiet={body.quiet} onChange={quiet => setBody({ ...body, quiet })} />
      {save.isError && <SaveProblem error={save.error} onReload={() => (save.reset(), onReload())} />}
      <div className="draft-actions">
        <Button
          type="primary"
          data-testid="contact-save"
          disabled={isSame || lacks}
          loading={save.isPending}
          onClick={() => save.mutate({ ...body, version })}
        >
          {t('plan.save')}
        </Button>
        <span className="quiet">{lacks ? t('contact.lacks') : isSame ? t('settings.same') : ''}</span>
      </div>
    </div>
  );
}

interface WaysProps extends Pick<ContactsBody, 'contacts'> {
  readonly unconfigured: readonly string[];
  readonly onChange: (contacts: ContactsBody['contacts']) => void;
}

function Ways({ contacts, unconfigured, onChange }: WaysProps) {
  const { t } = useWords();
  const channels = useChannels(contacts.map(({ channel }) => channel));
  const set = (at: number, change: Partial<ContactsBody['contacts'][number]>): void =>
    onChange(contacts.map((each, i) => (i === at ? { ...each, ...change } : each)));
  return (
    <div className="shift-rows">
      {contacts.map((contact, i) => (
        <div className="shift-row" key={i} data-testid="contact-row">
          <AutoComplete
            style={{ width: 150 }}
            aria-label={t('outbox.channel')}
            placeholder={t('outbox.channel')}
            value={contact.channel}
            onChange={channel => set(i, { channel })}
            options={channels}
          />
          <Input
            style={{ width: 280 }}
            value={contact.address}
            maxLength={ADDRESS_CHARS_MAX}
            aria-label={t('contact.address')}
            placeholder={t('contact.addressHint')}
            onChange={event => set(i, { address: event.target.value })}
          />
          <Select<Severity>
            style={{ minWidth: 128 }}
            aria-label={t('contact.from')}
            value={contact.from}
            onChange={from => set(i, { from })}
            options={SEVERITIES.map(value => ({
              value,
              label: t('match.from', { severity: t(`severity.${value}`) }),
            }))}
          />
          <Button
            size="small"
            type="text"
            title={t('contact.remove')}
            aria-label={t('contact.remove')}
            onClick={() => onChange(contacts.filter((_, k) => k !== i))}
          >
            ×
          </Button>
          {unconfigured.includes(contact.channel) && (
            <span className="blind-note">{t('outbox.unconfigured')}</span>
          )}
        </div>
      ))}
      <Button
        size="small"
        type="link"
        data-testid="contact-add"
        onClick={() => onChange([...contacts, { channel: 'email', address: '', from: 'blue' }])}
      >
        + {t('contact.add')}
      </Button>
    </div>
  );
}
