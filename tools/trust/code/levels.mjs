import { codes, linkTo, pageOf, table } from './markdown.mjs';
import { neededConstant, policyOf } from './policy.mjs';

const POLICY = 'libs/application/src/acr.policy.ts';
const RESISTANT = 'libs/openid/src/provider/level.policy.ts#RESISTANT_FACTORS';

/** The server's facts about each means. Those that Pro Santé Connect and a passkey state are examples. */
const EVIDENCE = {
  password: { means: 'password', code: null, amr: [] },
  'password+mail': { means: 'password', code: 'mail', amr: [] },
  'password+sms': { means: 'password', code: 'sms', amr: [] },
  'password+otp': { means: 'password', code: 'otp', amr: [] },
  passkey: { means: 'passkey', code: null, amr: ['hwk'] },
  'passkey+identity': { means: 'passkey', code: null, amr: ['hwk'], identityProven: true },
  'pro-sante-connect': { means: 'pro-sante-connect', code: null, amr: [], stated: 'eidas1' },
  'pro-sante-connect+card': { means: 'pro-sante-connect', code: null, amr: [], stated: 'eidas1', card: true },
  cpx: { means: 'cpx', code: null, amr: [] },
};
const WAYS = {
  password: 'password alone, in a browser that gave a code in the window of codes',
  'password+mail': 'password, code by mail',
  'password+sms': 'password, code by SMS',
  'password+otp': 'password, code of an authenticator app',
  passkey: 'passkey',
  'passkey+identity': 'passkey of a person whose identity was proven',
  'pro-sante-connect': 'Pro Santé Connect, which states `eidas1`',
  'pro-sante-connect+card': 'Pro Santé Connect with a card, which states `eidas1`',
  cpx: 'card CPx, read by the server itself',
};

/** Each means with its level: the policy itself computes each cell. */
export function levelsPage(code) {
  const { acrOf, acrOfMeans, ACR_LEVELS, amrOfEvidence, LEVELLED_MEANS } = policyOf(code, POLICY);
  const resistant = neededConstant(code, RESISTANT);
  const rows = LEVELLED_MEANS.map((way) => {
    if (!EVIDENCE[way])
      throw new Error(`${POLICY} has a way of signing in, ${way}, that tools/trust/code/levels.mjs lacks`);
    const amr = amrOfEvidence(EVIDENCE[way]);
    return [
      `\`${way}\``,
      WAYS[way],
      `\`${acrOf(EVIDENCE[way], acrOfMeans())}\``,
      codes(amr),
      amr.some((word) => resistant.includes(word)) ? 'yes' : 'no',
    ];
  });
  return pageOf(
    'Levels: each way of signing in, and the level that applications receive',
    `Computed by ${linkTo(POLICY)} for each row. The scale is ours, weakest first: ${codes(ACR_LEVELS)}. It is **no eIDAS level of assurance**: no one has attested one.`,
    table(['way', 'is', '`acr`', '`amr`', '`phr`: no look-alike page takes it'], rows),
    [
      '- `ACR_OF_MEANS` lowers a level, and raises one only with the reference of the attestation that allows it.',
      '- Pro Santé Connect has the level that it states; a provider that proved the person to it has no more, whatever is set.',
      '- A passkey’s `hwk` is `swk` where it is synced.',
    ].join('\n'),
  );
}
