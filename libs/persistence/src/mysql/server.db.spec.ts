import { networkInterfaces } from 'node:os';
import { Logger } from '@nestjs/common';
import { describeOnMariadb, ThrowAwayMariadb } from '@portillon/testing';
import type { Pool } from 'mysql2';
import { openDataSource } from '../data-source';

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

describeOnMariadb('a database server', () => {
  (hasIpv6 ? it : it.skip)(
    'is reached at an IPv6 address, which a URL has in brackets',
    async () => {
      const server = await ThrowAwayMariadb.start({ args: ['--bind-address=*'] });
      try {
        const url = (await server.createDatabase('portillon')).replace('127.0.0.1', '[::1]');
        const source = await openDataSource({ url, parts: [] });
        const [row] = await source.query<{ who: string }[]>('SELECT USER() AS who');
        await source.destroy();
        expect(row).toEqual({ who: 'root@::1' });
      } finally {
        await server.stop();
      }
    },
    60_000,
  );

  it('is waited for at a start on a busy machine, which says so; requests are given up as soon as ever', async () => {
    const server = await ThrowAwayMariadb.start();
    const said = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    try {
      const url = await server.createDatabase('portillon');
      const opening = openDataSource({ url, parts: [] });
      standStill(3_200);
      const source = await opening;
      expect(said.mock.calls).toEqual([[`waiting for the database at 127.0.0.1:${server.port}`]]);

      const { pool } = source.driver as unknown as { pool: Pool };
      const taken = await pool.promise().getConnection();
      await server.freeze();
      const late = new Promise((resolve) => pool.getConnection((error) => resolve(error)));
      standStill(3_200);
      expect(await late).toMatchObject({ code: 'ETIMEDOUT' });
      server.thaw();
      taken.release();
      await source.destroy();
    } finally {
      said.mockRestore();
      await server.stop();
    }
  }, 60_000);
});

/** As a process does that loads its modules while others have the processor. */
function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
