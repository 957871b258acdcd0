import { describeOnEveryEngine, SettableClock, statementsOf } from '@portillon/testing';
import { openidPersistence } from '../openid.persistence';
import { OpenidAdapter } from '../provider/adapter-factory.service';
import { contextOf, libraryOf } from '../testing/openid.fixture';
import { OpenidArtifactEntity, OpenidArtifactRepository } from './openid-artifact.repository';
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
    const adapter = new OpenidAdapter('AccessToken', artifacts, libraryOf());
    expect(await adapter.find('one')).toEqual({ jti: 'one', expiresWithSession: false });
  });

  describe('under a grant', () => {
    const TOKEN = { jti: 'one', grantId: 'grant' };
    const library = () => libraryOf(contextOf());
    const adapter = (model: string, oidc: ReturnType<typeof library>) =>
      new OpenidAdapter(model, artifacts, oidc);

    /** As the library asks in one request. */
    async function asked(oidc = library()) {
      const token = await adapter('AccessToken', oidc).find('one');
      return [token, await adapter('Grant', oidc).find('grant')];
    }

    beforeEach(async () => {
      await artifacts.put('Grant', 'grant', { accountId: 'claire' }, 600);
      await artifacts.put('AccessToken', 'one', TOKEN, 60);
    });

    it('is read with it, by one statement', async () => {
      let found: unknown;
      const statements = await statementsOf(bench.dataSource, async () => (found = await asked()));
      expect(found).toEqual([TOKEN, { accountId: 'claire' }]);
      expect(statements).toHaveLength(1);
    });

    it('has it read anew when the library asks twice in one request', async () => {
      const oidc = library();
      await asked(oidc);
      await artifacts.endGrant('grant');
      expect(await adapter('Grant', oidc).find('grant')).toBeUndefined();
    });

    it('has none that has expired or was ended', async () => {
      await artifacts.put('Grant', 'grant', { accountId: 'claire' }, 1);
      clock.advance(2_000);
      expect(await asked()).toEqual([TOKEN, undefined]);
      await artifacts.put('Grant', 'grant', { accountId: 'claire' }, 600);
      await artifacts.endGrant('grant');
      expect(await asked()).toEqual([undefined, undefined]);
    });

    it('has one that the release before wrote, by a second statement', async () => {
      await bench.dataSource
        .getRepository(OpenidArtifactEntity)
        .update({ model: 'Grant' }, { grantId: null });
      expect(await asked()).toEqual([TOKEN, { accountId: 'claire' }]);
    });
  });
});
