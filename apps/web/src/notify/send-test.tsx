import { AutoComplete, Button } from 'antd';
import { useState } from 'react';
import { useMe } from '../session/data';
import { FormField } from '../shell/form-field';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { useSendTest, useUsers } from './notify-data';
import { useChannels } from './use-channels';

/** Sends a message about nothing, to see whether a channel reaches a person. */
export function SendTest({ channels }: { readonly channels: readonly string[] }) {
  const { t } = useWords();
  const me = useMe().data;
  const users = useUsers().data?.items ?? [];
  const options = useChannels(channels);
  const [channel, setChannel] = useState('email');
  const [username, setUsername] = useState<string | null>(null);
  const test = useSendTest();
  const who = username ?? me?.username ?? '';
  const isWhole = channel.trim() !== '' && who.trim() !== '';
  return (
    <div data-testid="send-test">
      <h3>{t('test.send')}</h3>
      <div className="form-grid">
        <FormField label={t('outbox.channel')}>
          <AutoComplete
            size="small"
            style={{ width: 160 }}
            aria-label={t('outbox.channel')}
            value={channel}
            onChange={setChannel}
            options={options}
          />
        </FormField>
        <FormField label={t('test.who')} hint={t('test.whoHint')}>
          <AutoComplete
            size="small"
            style={{ width: 200 }}
            aria-label={t('test.who')}
            value={who}
            onChange={setUsername}
            options={users.map(user => ({
              value: user.username,
              label: `${user.displayName} ${user.username}`,
            }))}
          />
        </FormField>
        <Button
          className="beside-fields"
          data-testid="test-send"
          disabled={!isWhole}
          loading={test.isPending}
          onClick={() => test.mutate({ channel: channel.trim(), username: who.trim() })}
        >
          {t('test.sendNow')}
        </Button>
      </div>
      {test.isError && <ProblemNote error={test.error} />}
      {test.isSuccess && (
        <p
          className={test.data.sent ? 'note' : 'blind-note'}
          data-testid="test-result"
          data-sent={test.data.sent}
        >
          {test.data.sent ? t('test.sent') : t('test.notSent', { why: test.data.reason ?? '' })}
        </p>
      )}
    </div>
  );
}
