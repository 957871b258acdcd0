import type { INestApplicationContext } from '@nestjs/common';
import { Clock, DAY, shift } from '@portillon/kernel';
import { KeyAnnouncementService } from '@portillon/key-rotation';
import { BackChannelProbeService, SigningKeyService } from '@portillon/openid';
import type { SigningKeyInfo } from '@portillon/openid';
import type { Settings } from '../settings/settings';
import { failureParts, OURSELVES } from './failure-text';
import { fine, Finding, wrong } from './finding';

const PATIENCE_MS = 5_000;
/** The loss of a key that signs for longer would stay unnoticed. */
const SIGNS_AT_MOST_MS = 365 * DAY;

/** What applications stand on: the issuer's address, its keys, and their own addresses for sign-outs. */
export async function examineProvider(app: INestApplicationContext, settings: Settings): Promise<Finding[]> {
  const isRunning = (await app.get(KeyAnnouncementService).running()).length > 0;
  const keys = await app.get(SigningKeyService).list();
  return [
    isRunning ? await issuer(settings.publicUrl) : fine('issuer', 'not asked: no instance runs'),
    signingKeys(keys, app.get(Clock).now()),
    ...(await backChannels(app.get(BackChannelProbeService))),
  ];
}

/** As an application reads it: an issuer that differs by a letter is refused by every library. */
async function issuer(publicUrl: string): Promise<Finding> {
  try {
    const url = `${publicUrl}/.well-known/openid-configuration`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'manual' });
    const said = answer.ok ? ((await answer.json()) as { issuer?: unknown }).issuer : undefined;
    if (said === publicUrl) return fine('issuer', `${publicUrl} answers as itself`);
    const what = said === undefined ? `answers ${answer.status}` : 'answers as another issuer';
    return wrong(
      'issuer',
      `PUBLIC_URL ${what}`,
      'have the proxy pass /.well-known/ and /oidc/ to this service',
    );
  } catch (error) {
    return wrong('issuer', ...failureParts(error, OURSELVES));
  }
}

function signingKeys(keys: SigningKeyInfo[], now: Date): Finding {
  const active = keys.filter(({ state }) => state === 'active');
  if (active.length === 0) return fine('signing', 'no key yet: the first request makes them');
  const oldest = new Date(Math.min(...active.map((key) => (key.activatedAt ?? key.createdAt).getTime())));
  const since = `the keys sign since ${oldest.toISOString().slice(0, 10)}`;
  const next = keys.some(({ state }) => state === 'next');
  if (oldest >= shift(now, -SIGNS_AT_MOST_MS))
    return fine('signing', next ? `${since}; the next are published` : since);
  const step = next
    ? '"portillon keys signing rotate"'
    : '"portillon keys signing next", and "rotate" a day later';
  return wrong('signing', since, `run ${step}`);
}

async function backChannels(probe: BackChannelProbeService): Promise<Finding[]> {
  const { asked, silent } = await probe.probe();
  if (silent.length === 0)
    return [fine('sign-out', `${asked} application(s) to be told of sign-outs, all answer`)];
  return silent.map(({ application, uri, reason }) =>
    wrong(
      'sign-out',
      `${application} does not answer at ${new URL(uri).origin} (${reason}): it stays open when people sign out`,
      'check the address and OUTBOUND_ALLOW, and tell who keeps it',
    ),
  );
}
