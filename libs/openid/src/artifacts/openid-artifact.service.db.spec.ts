import { describeOnEveryEngine, SettableClock, statementsOf } from '@portillon/testing';
import type { errors } from 'oidc-provider';
import { openidPersistence } from '../openid.persistence';
import { OpenidAdapter } from '../provider/adapters/openid.adapter';
import { OpenidArtifactEntity } from './openid-artifact.entity';
import { OpenidArtifactRepository } from './openid-artifact.repository';
import { OpenidArtifactService } from './openid-artifact.service';

const MODELS = ['AccessToken', 'ClientCredentials', 'RefreshToken'];

describeOnEveryEngine('a token that is kept', [openidPersistence], (bench) => {
  const clock = new SettableClock();
  let artifacts: OpenidArtifactService;

  beforeEach(async () => {
    const rows = bench.dataSource.getRepository(OpenidArtifactEntity);
    await rows.clear();
    artifacts = new OpenidArtifactService(new OpenidArtifactRepository(rows), clock);
  });

  const find = (id: string) => Promise.all(MODELS.map((model) => artifacts.find(model, id)));

  it('is found under its own model, by one statement for all that it may be of', async () => {
    await artifacts.put('AccessToken', 'one', { jti: 'one' }, 60);
    await artifacts.put('RefreshToken', 'other', { jti: 'other' }, 60);
    let found: unknown;
    const asked = await statementsOf(bench.dataSource, async () => (found = await find('one')));
    expect(found).toEqual([{ jti: 'one' }, undefined, undefined]);
    expect(asked).toHaveLength(1);
  });

  it('is found no more once it has expired', async () => {
    await artifacts.put('AccessToken', 'one', { jti: 'one' }, 60);
    clock.advance(60_000);
    expect(await find('one')).toEqual([undefined, undefined, undefined]);
  });

  it('stays good, though the release before had the library ask for its session', async () => {
    await artifacts.put('AccessToken', 'one', { jti: 'one', expiresWithSession: true }, 60);
    const adapter = new OpenidAdapter('AccessToken', artifacts, {} as typeof errors);
    expect(await adapter.find('one')).toEqual({ jti: 'one', expiresWithSession: false });
  });
});
