import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AutoComplete, Button, Form, Input, InputNumber, Select } from 'antd';
import { useMemo } from 'react';
import type { QuarantineShape } from '@anmai/wire';
import { useCentre } from '../session/centre';
import { useAssets, useKnownDevice } from '../session/data';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { zhCodes } from '../text/zh-codes';
import { guessChannels, stillUnknown } from './guess-channels';

const EVERY_S_DEFAULT = 60;
const EVERY_S_MAX = 86_400 * 7;

interface Adoption {
  readonly assetId: string;
  readonly name?: string;
  readonly sensors: readonly {
    readonly channel: string;
    readonly quantity: string;
    readonly unit: string;
    readonly expectedEverySeconds: number;
  }[];
}

interface FormProps {
  readonly row: QuarantineShape;
  readonly onDone: () => void;
}

const QUANTITIES = Object.keys(zhCodes).flatMap(key =>
  key.startsWith('quantity.') ? [key.slice('quantity.'.length)] : [],
);

/** Registers the device of a refused message; its channels are read from the message. Waits for what is known of it. */
export function AdoptForm({ row, onDone }: FormProps) {
  const known = useKnownDevice(row.deviceId);
  if (known.isPending) return <PaneSkeleton />;
  if (known.isError) return <ProblemNote error={known.error} onRetry={() => void known.refetch()} />;
  return <Fields row={row} onDone={onDone} known={known.data} />;
}

interface FieldsProps extends FormProps {
  readonly known: { readonly assetId: string | null; readonly channels: readonly string[] };
}

function Fields({ row, onDone, known }: FieldsProps) {
  const words = useWords();
  const { t } = words;
  const { api } = useCentre();
  const queries = useQueryClient();
  const assets = useAssets().data?.items;
  const initial = useMemo(
    () => ({
      ...(known.assetId === null ? {} : { assetId: known.assetId }),
      sensors: stillUnknown(guessChannels(row.payload), known.channels).map(guess => ({
        ...guess,
        expectedEverySeconds: EVERY_S_DEFAULT,
      })),
    }),
    [row.payload, known],
  );
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ name = '', ...rest }: Adoption) =>
      api.post(
        `/quarantine/${encodeURIComponent(row.id)}/adopt`,
        name.trim() === '' ? rest : { ...rest, name },
      ),
    onSuccess: () => {
      void queries.invalidateQueries();
      onDone();
    },
  });
  const needed = [{ required: true, message: t('login.required') }];
  const quantities = QUANTITIES.map(id => ({ value: id, label: `${words.named('quantity', id)} ${id}` }));
  return (
    <Form<Adoption>
      className="adopt"
      layout="vertical"
      size="small"
      initialValues={initial}
      onFinish={mutate}
    >
      <div className="adopt-row">
        <Form.Item name="assetId" label={t('quarantine.asset')} rules={needed}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={(assets ?? []).map(asset => ({ value: asset.id, label: `${asset.name} ${asset.id}` }))}
          />
        </Form.Item>
        {known.channels.length === 0 && (
          <Form.Item name="name" label={t('quarantine.name')}>
            <Input placeholder={row.deviceId ?? ''} maxLength={100} />
          </Form.Item>
        )}
      </div>
      <Form.List name="sensors">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div className="adopt-row channel" key={key}>
                <Form.Item name={[name, 'channel']} label={t('quarantine.channel')} rules={needed}>
                  <Input maxLength={128} />
                </Form.Item>
                <Form.Item name={[name, 'quantity']} label={t('quarantine.quantity')} rules={needed}>
                  <AutoComplete options={quantities} showSearch={{ filterOption: true }} />
                </Form.Item>
                <Form.Item name={[name, 'unit']} label={t('quarantine.unit')} rules={needed}>
                  <Input maxLength={20} />
                </Form.Item>
                <Form.Item name={[name, 'expectedEverySeconds']} label={t('quarantine.every')} rules={needed}>
                  <InputNumber min={1} max={EVERY_S_MAX} />
                </Form.Item>
                <Button
                  type="text"
                  aria-label={t('quarantine.without')}
                  title={t('quarantine.without')}
                  onClick={() => remove(name)}
                >
                  ✕
                </Button>
              </div>
            ))}
            {fields.length === 0 && <p className="quiet">{t('quarantine.noChannel')}</p>}
            <Button
              size="small"
              onClick={() => add({ channel: '', unit: '', expectedEverySeconds: EVERY_S_DEFAULT })}
            >
              {t('quarantine.addChannel')}
            </Button>
          </>
        )}
      </Form.List>
      {error && <ProblemNote error={error} />}
      {row.reason === 'unknown_device' && <p className="quiet">{t('quarantine.needsLogin')}</p>}
      <Button type="primary" htmlType="submit" disabled={isPending} data-testid="adopt-submit">
        {t('quarantine.adopt')}
      </Button>
    </Form>
  );
}
