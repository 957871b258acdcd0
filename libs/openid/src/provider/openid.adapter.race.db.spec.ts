import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { OpenidArtifactEntity, OpenidArtifactRepository } from '../artifacts/openid-artifact.repository';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { openidPersistence } from '../openid.persistence';
import { libraryOf } from '../testing/openid.fixture';
import { OpenidAdapter } from './adapter-factory.service';

const ISSUED = { grantId: 'grant' };

describeOnEveryEngine(
  'a code or a refresh token used sixteen times at once',
  [openidPersistence],
  (bench) => {
    let adapter: (model: string) => OpenidAdapter;

    beforeEach(async () => {
      const rows = bench.dataSource.getRepository(OpenidArtifactEntity);
      await rows.clear();
      const artifacts = new OpenidArtifactService(new OpenidArtifactRepository(rows), new SettableClock());
      adapter = (model) => new OpenidAdapter(model, artifacts, libraryOf());
      await adapter('Grant').upsert('grant', {}, 600);
      await adapter('Grant').upsert('other', {}, 600);
      await adapter('AccessToken').upsert('before', ISSUED, 600);
      await adapter('AccessToken').upsert('unrelated', { grantId: 'other' }, 600);
    });

    /** Checks a token as the provider does: the token and its grant. */
    async function opens(model: string, id: string): Promise<boolean> {
      const token = await adapter(model).find(id);
      return Boolean(token && (await adapter('Grant').find(token.grantId!)));
    }

    it.each(['AuthorizationCode', 'RefreshToken'])('leaves nothing of its grant: %s', async (model) => {
      await adapter(model).upsert('stolen', ISSUED, 600);
      const { results, errors: refusals } = await concurrently(16, async (index) => {
        await adapter(model).consume('stolen');
        await adapter('RefreshToken').upsert(`new-${index}`, ISSUED, 600);
        return `new-${index}`;
      });
      expect(results).toHaveLength(1);
      expect(new Set(refusals.map((one) => (one as { error?: string }).error))).toEqual(
        new Set(['invalid_grant']),
      );
      await adapter('AccessToken').upsert('late', ISSUED, 600);
      expect(await opens('RefreshToken', results[0]!)).toBe(false);
      expect(await opens('AccessToken', 'before')).toBe(false);
      expect(await opens('AccessToken', 'late')).toBe(false);
      expect(await opens('AccessToken', 'unrelated')).toBe(true);
    });
  },
);
