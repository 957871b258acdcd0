import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLONE, edit, git, printedBySources, write } from './recipes.mjs';

/**
 * Files that a new SMS provider and a new channel change, besides tests and texts, after their recipes were followed.
 */
export const PROVIDER_FILES = [];
export const CHANNEL_FILES = [];

/** As `STEPS`: the newcomer's steps for the message recipes. */
export const MESSAGE_STEPS = {
  'A provider of SMS': async () => {
    await git('add', '--all');
    write('notification/src', 'sms/parrot.provider.ts', 'sms/parrot.provider.spec.ts');
    const list = 'libs/notification/src/sms/sms-providers.ts';
    edit(list, /(?=import type { SmsProviderDefinition)/, "import { parrot } from './parrot.provider';\n");
    edit(list, /(?<=smsProviders = \[[^\]]+)(?=\])/, ', parrot');
    edit('.env.example', /$/, PARROT_SETTINGS);
    edit(FLOWS, /(?<=const FLOWS = \[)/, flowTo('Parrot', 'PARROT_URL', 'PARROT_TOKEN'));
    PROVIDER_FILES.push(...(await touched()));
  },
  'A channel': async () => {
    await git('add', '--all');
    write('notification/src', ...['channel', 'channel.spec', 'findings', 'provider'].map(voiceFile));
    write('auth/src', 'code/voice-code.spec.ts');
    const list = 'libs/notification/src/channels/channels.ts';
    edit(
      list,
      /(?=import type { OutgoingChannel)/,
      "import { voiceChannel } from '../voice/voice.channel';\n",
    );
    edit(
      list,
      /(?=\n\/\*\*[^/]*\*\/\nexport function registerChannel)/,
      "export type {} from '../voice/voice.channel';\n",
    );
    edit(list, /$/, 'registerChannel(voiceChannel);\n');
    const options = 'libs/notification/src/notification.options.ts';
    edit(options, /(?<=sms-providers';\n)/, "import type { VoiceOptions } from './voice/voice.provider';\n");
    edit(options, /(?=\n {2}limits\?:)/, '\n  /** Without it no one is called. */\n  voice?: VoiceOptions;');
    const settings = 'apps/api/src/settings';
    edit(`${settings}/settings.ts`, /(?=\n {2}smsDailyBudget: number;)/, '\n  voiceUrl: string | null;');
    const read = "\n    voiceUrl: read.url('VOICE_URL', ['http:', 'https:']),";
    edit(`${settings}/read/read-settings.ts`, /(?=\n {4}codeWindowHours:)/, read);
    edit(`${settings}/lib-options.ts`, /(?<={ mail, sms, )(?=serviceName })/, 'voiceUrl, ');
    const handed = '\n    ...(voiceUrl ? { voice: { url: voiceUrl } } : {}),';
    edit(`${settings}/lib-options.ts`, /(?<={ sms: { providers } } : {}\),)/, handed);
    edit(
      '.env.example',
      /$/,
      '\n# The gateway that calls people; without it no code is read out.\n# VOICE_URL=\n',
    );
    edit(FLOWS, /(?<=const FLOWS = \[)/, flowTo('the voice gateway', 'VOICE_URL'));
    const traits = '\n  VOICE: { byPhone: true, isReported: false },';
    edit('apps/web/src/composables/codes/channels.ts', /(?<=SMS: {[^}]+},)/, traits);
    for (const locale of ['fr', 'en']) nameVoice(join(CLONE, 'apps/web/src/locales', locale));
    writeFileSync(join(CLONE, 'apps/api/openapi.json'), await printedBySources('openapi'));
    CHANNEL_FILES.push(...(await touched()));
  },
};

const FLOWS = 'tools/trust/code/flows.mjs';
const flowTo = (to, setting, ...by) =>
  `\n  ${JSON.stringify({ from: 'server, worker', to, settings: [setting], by })},`;

const PARROT_SETTINGS = `
# Parrot: where it takes messages.
# PARROT_URL=
# Its token.
# PARROT_TOKEN=
# The sender, as TWILIO_FROM.
# PARROT_SENDER=
# As TWILIO_PER_SECOND.
# PARROT_PER_SECOND=0
`;

const voiceFile = (role) => `voice/voice.${role}.ts`;

/** Adds a text for the channel wherever SMS and mail have one. */
function nameVoice(folder) {
  for (const name of readdirSync(folder)) {
    const texts = JSON.parse(readFileSync(join(folder, name), 'utf8'), (_, value) =>
      value?.EMAIL && value.SMS ? { ...value, VOICE: value.SMS } : value,
    );
    writeFileSync(join(folder, name), `${JSON.stringify(texts, null, 2)}\n`);
  }
}

/** Files that a recipe changed since the start, without tests and texts. */
async function touched() {
  await git('add', '--intent-to-add', '--all');
  const files = (await git('diff', '--name-only')).trim().split('\n');
  return files.filter((file) => !/\.spec\.ts$|\/locales\//.test(file));
}
