import { Button, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { OWNERSHIPS, PROTECTIONS, STRUCTURES, USES, type Address, type BuildingFile } from '@anmai/lifecycle';
import { ProblemNote } from '../shell/notes';
import { chooseBuilding } from '../shell/route';
import { useWords } from '../text/language';
import { useOrgs, useSaveBuilding } from './building-data';
import {
  AnswerField,
  ChoiceField,
  Field,
  NumberField,
  PartyField,
  TextField,
  YearField,
} from './file-fields';
import { CodeRows, ReinforcementRows, RenovationRows } from './file-lists';
import { PlaceField } from './place-field';

interface FormProps {
  readonly file: BuildingFile;
  /** null: a new file. */
  readonly version: number | null;
  readonly onClose: () => void;
}
interface PartProps {
  readonly draft: BuildingFile;
  readonly put: (change: Partial<BuildingFile>) => void;
}

/** The whole file as one form. It stays as it is when the server refuses it. */
export function FileForm({ file, version, onClose }: FormProps) {
  const { t } = useWords();
  const [draft, setDraft] = useState(file);
  const save = useSaveBuilding(version);
  const put = (change: Partial<BuildingFile>): void => setDraft(before => ({ ...before, ...change }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(draft, { onSuccess: saved => (onClose(), version === null && chooseBuilding(saved.id)) });
  };
  return (
    <form className="file-form" data-testid="file-form" onSubmit={submit}>
      <div className="file-sections">
        <IdentityFields draft={draft} put={put} isNew={version === null} />
        <BodyFields draft={draft} put={put} />
        <UseFields draft={draft} put={put} />
        <WorkFields draft={draft} put={put} />
      </div>
      {save.isError && <ProblemNote error={save.error} />}
      <div className="file-form-actions">
        <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="building-save">
          {t('bld.save')}
        </Button>
        <Button onClick={onClose}>{t('bld.cancel')}</Button>
      </div>
    </form>
  );
}

function IdentityFields({ draft, put, isNew }: PartProps & { readonly isNew: boolean }) {
  const { t } = useWords();
  const orgs = useOrgs().data ?? [];
  const address = (key: keyof Address) => (
    <TextField
      label={`fact.${key}`}
      value={draft.address[key]}
      onChange={value => put({ address: { ...draft.address, [key]: value } })}
    />
  );
  return (
    <section>
      <h3>{t('fact.identity')}</h3>
      <TextField label="fact.name" testId="file-name" value={draft.name} onChange={name => put({ name })} />
      {isNew && <TextField label="fact.id" value={draft.id} onChange={id => put({ id })} />}
      <Field label="fact.org">
        <Select
          value={draft.orgId === '' ? null : draft.orgId}
          onChange={orgId => put({ orgId })}
          options={orgs.map(org => ({ value: org.id, label: org.name }))}
        />
      </Field>
      <CodeRows value={draft.codes} onChange={codes => put({ codes })} />
      {address('district')}
      {address('street')}
      {address('community')}
      {address('road')}
      {address('number')}
      {address('text')}
      <PlaceField value={draft.footprint} onChange={footprint => put({ footprint })} />
    </section>
  );
}

function BodyFields({ draft, put }: PartProps) {
  const { t } = useWords();
  const { seismic } = draft;
  return (
    <section>
      <h3>{t('fact.body')}</h3>
      <ChoiceField
        label="fact.structure"
        value={draft.structure}
        onChange={structure => put({ structure })}
        options={STRUCTURES}
        text={each => t(`structure.${each}`)}
      />
      <AnswerField
        label="fact.slabs"
        value={draft.precastSlabs}
        onChange={precastSlabs => put({ precastSlabs })}
      />
      <NumberField
        label="fact.storeys"
        value={draft.storeys}
        max={200}
        onChange={storeys => put({ storeys })}
      />
      <NumberField
        label="fact.basements"
        value={draft.basements}
        max={20}
        onChange={basements => put({ basements })}
      />
      <NumberField
        label="fact.height"
        value={draft.heightM}
        max={1_000}
        onChange={heightM => put({ heightM })}
      />
      <NumberField
        label="fact.area"
        value={draft.areaM2}
        max={10_000_000}
        onChange={areaM2 => put({ areaM2 })}
      />
      <YearField value={draft.yearBuilt} onChange={yearBuilt => put({ yearBuilt })} />
      <NumberField
        label="fact.designLife"
        value={draft.designLifeYears}
        max={500}
        onChange={designLifeYears => put({ designLifeYears })}
      />
      <AnswerField
        label="fact.seismicDesigned"
        value={seismic.designed}
        onChange={designed => put({ seismic: { ...seismic, designed } })}
      />
      <NumberField
        label="fact.intensity"
        value={seismic.intensityDegree}
        max={10}
        onChange={intensityDegree => put({ seismic: { ...seismic, intensityDegree } })}
      />
      <AnswerField
        label="fact.isolated"
        value={seismic.isolated}
        onChange={isolated => put({ seismic: { ...seismic, isolated } })}
      />
    </section>
  );
}

function UseFields({ draft, put }: PartProps) {
  const { t } = useWords();
  const { people } = draft;
  return (
    <section>
      <h3>{t('fact.useAndPeople')}</h3>
      <ChoiceField
        label="fact.use"
        value={draft.use}
        onChange={use => put({ use })}
        options={USES}
        text={each => t(`use.${each}`)}
      />
      <AnswerField
        label="fact.business"
        value={draft.businessUse}
        onChange={businessUse => put({ businessUse })}
      />
      <ChoiceField
        label="fact.ownership"
        value={draft.ownership}
        onChange={ownership => put({ ownership })}
        options={OWNERSHIPS}
        text={each => t(`ownership.${each}`)}
      />
      <ChoiceField
        label="fact.protection"
        value={draft.protection}
        onChange={protection => put({ protection })}
        options={PROTECTIONS}
        text={each => t(`protection.${each}`)}
      />
      <PartyField label="fact.owner" value={draft.owner} onChange={owner => put({ owner })} />
      <PartyField
        label="fact.dutyHolder"
        value={draft.dutyHolder}
        onChange={dutyHolder => put({ dutyHolder })}
      />
      <PartyField label="fact.manager" value={draft.manager} onChange={manager => put({ manager })} />
      <NumberField
        label="fact.households"
        value={people.households}
        max={100_000}
        onChange={households => put({ people: { ...people, households } })}
      />
      <NumberField
        label="fact.residents"
        value={people.residents}
        max={1_000_000}
        onChange={residents => put({ people: { ...people, residents } })}
      />
    </section>
  );
}

function WorkFields({ draft, put }: PartProps) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t('fact.works')}</h3>
      <RenovationRows value={draft.renovations} onChange={renovations => put({ renovations })} />
      <ReinforcementRows value={draft.reinforcements} onChange={reinforcements => put({ reinforcements })} />
    </section>
  );
}
