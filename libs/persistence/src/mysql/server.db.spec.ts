import { networkInterfaces } from 'node:os';
import { describeOnMariadb, ThrowAwayMariadb } from '@portillon/testing';
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
});
