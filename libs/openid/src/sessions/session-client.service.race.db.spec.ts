import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { openidPersistence } from '../openid.persistence';
import { OpenidSessionClientEntity, OpenidSessionClientRepository } from './openid-session-client.repository';
import { SessionClientService } from './session-client.service';

describeOnEveryEngine('an application that a session enters', [openidPersistence], (bench) => {
  const clock = new SettableClock();
  const rows = () => bench.dataSource.getRepository(OpenidSessionClientEntity);
  const repository = () => new OpenidSessionClientRepository(rows());
  const tab = (name: string) => ({
    sessionId: 'session',
    applicationId: 'agenda',
    accountId: 'claire',
    sid: `sid-${name}`,
    grantId: `grant-${name}`,
  });

  beforeEach(() => rows().clear());

  function enter(name: string, former?: string) {
    const unused = {} as OpenidArtifactService;
    return new SessionClientService(repository(), unused, clock).enter(tab(name), former);
  }

  const standing = async (results: { sid: string; grantId: string | null }[]) => {
    const { sid, grantId } = (await repository().find(tab('any')))!;
    return results.every((one) => one.sid === sid && one.grantId === grantId);
  };

  it('stands by the entry of one of sixteen tabs, which all are answered with', async () => {
    const { results, errors } = await concurrently(16, (index) => enter(`${index}`));
    expect(errors).toEqual([]);
    expect(results.filter(({ isFirst }) => isFirst)).toHaveLength(1);
    expect(await standing(results)).toBe(true);
  });

  it('stands by one again, when the person had signed out of it', async () => {
    await enter('before');
    await bench.transactions.run((tx) => repository().end(tab('before'), clock.now(), tx));
    const { results } = await concurrently(16, (index) => enter(`${index}`));
    expect(results.filter(({ isFirst }) => isFirst)).toHaveLength(1);
    expect(results.map(({ sid }) => sid)).not.toContain('sid-before');
    expect(await standing(results)).toBe(true);
  });

  it('stands by one successor of a grant that is no more', async () => {
    await enter('before');
    const { results } = await concurrently(16, (index) => enter(`${index}`, 'grant-before'));
    expect(results.filter(({ isFirst }) => isFirst)).toHaveLength(0);
    const { grantId, sid } = (await repository().find(tab('any')))!;
    expect([grantId, sid]).not.toContain('grant-before');
    expect(new Set(results.map((one) => one.grantId))).toEqual(new Set([grantId]));
  });
});
