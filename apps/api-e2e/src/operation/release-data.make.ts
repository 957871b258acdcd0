import { dump, writeRelease } from '../harness/server/release-data';
import { liveIn, LIVED_IN } from '../harness/server/lived-in';
import { describeOnEveryEngine } from '../harness/server/stage';

/** No spec: `tools/release-data.mjs` runs it, once for each release. */
describeOnEveryEngine(
  'the data of a release',
  (stage, engine) => {
    it('is kept', async () => {
      const life = await liveIn(stage);
      const madeAt = new Date().toISOString();
      const { SECRET_KEYS } = stage.environment as { SECRET_KEYS: string };
      await stage.server.stop();
      const tables = await dump(stage.database, engine);
      writeRelease(process.env['RELEASE']!, {
        engine,
        madeAt,
        environment: { SECRET_KEYS, ...LIVED_IN },
        life,
        ...tables,
      });
    }, 120_000);
  },
  { environment: LIVED_IN },
);
