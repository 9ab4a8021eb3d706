import {
  EMAIL_TIMEOUT_MS,
  EmailChannel,
  LANE_LIMITS,
  ROBOT_LIMITS,
  RobotChannel,
  SmsChannel,
  WebhookChannel,
  type Channel,
  type ChannelSetting,
  type SecretSource,
} from '@anmai/notify';
import type { ChannelConfig } from './channels-file.schema';
import type { NotifySettings } from './notify-settings';

/** `source` of events from a platform that was not told its own address. */
const NAMELESS_SOURCE = 'urn:anmai';

/** Throws NTF-001, NTF-002 or NTF-003 when it cannot be made of what is given. */
export function buildChannel(config: ChannelConfig, secrets: SecretSource, linkBase: string | null): Channel {
  const { name } = config;
  switch (config.kind) {
    case 'email':
      return new EmailChannel({ ...config, secrets, timeoutMs: EMAIL_TIMEOUT_MS, ca: null });
    case 'webhook': {
      const events = { source: linkBase ?? NAMELESS_SOURCE, typePrefix: config.typePrefix };
      const { url, secretRef, allow } = config;
      return new WebhookChannel({ name, url, secretRef, secrets, events, rule: { allow } });
    }
    case 'robot': {
      const { maker, urlRef, signingRef, allow } = config;
      return new RobotChannel({ name, maker, urlRef, signingRef, secrets, rule: { allow } });
    }
    case 'sms':
      return new SmsChannel({ name, gateway: config.gateway, secrets, rule: { allow: config.allow } });
  }
}

export const channelSettings = ({ channels, secrets, linkBase }: NotifySettings): readonly ChannelSetting[] =>
  channels.map(config => ({
    channel: buildChannel(config, secrets, linkBase),
    limits: config.kind === 'robot' ? ROBOT_LIMITS : LANE_LIMITS,
  }));
