import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AutoComplete, Button, Form, Input, InputNumber, Select } from 'antd';
import { useMemo } from 'react';
import type { QuarantineShape } from '@anmai/wire';
import { useCentre } from '../session/centre';
import { useAssets } from '../session/data';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { zh } from '../text/zh';
import { guessChannels } from './guess-channels';

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

const QUANTITIES = Object.keys(zh).flatMap(key =>
  key.startsWith('quantity.') ? [key.slice('quantity.'.length)] : [],
);

/** Registers the device of a refused message; its channels are read from the message. */
export function AdoptForm({ row, onDone }: FormProps) {
  const words = useWords();
  const { t } = words;
  const { api } = useCentre();
  const queries = useQueryClient();
  const assets = useAssets().data?.items;
  const initial = useMemo(
    () => ({
      sensors: guessChannels(row.payload).map(guess => ({ ...guess, expectedEverySeconds: EVERY_S_DEFAULT })),
    }),
    [row.payload],
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
        <Form.Item name="name" label={t('quarantine.name')}>
          <Input placeholder={row.deviceId ?? ''} maxLength={100} />
        </Form.Item>
      </div>
      <Form.List name="sensors">
        {fields =>
          fields.map(({ key, name }) => (
            <div className="adopt-row" key={key}>
              <Form.Item name={[name, 'channel']} label={t('quarantine.channel')} rules={needed}>
                <Input readOnly />
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
            </div>
          ))
        }
      </Form.List>
      {error && <ProblemNote error={error} />}
      <Button type="primary" htmlType="submit" disabled={isPending}>
        {t('quarantine.adopt')}
      </Button>
    </Form>
  );
}
