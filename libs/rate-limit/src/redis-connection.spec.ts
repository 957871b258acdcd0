import { SettableClock } from '@portillon/testing';
import { RedisConnection, sentinelAddress } from './redis-connection';

const endpoints = (url: string) =>
  new RedisConnection(url, new SettableClock()).tlsEndpoints.map(({ host, port }) => `${host} ${port}`);

describe('the certificates of Redis', () => {
  it.each([
    ['the server', 'rediss://:secret@[fd00::3]:6380', ['fd00::3 6380']],
    ['the server at its usual port', 'rediss://valkey.example', ['valkey.example 6379']],
    [
      'each sentinel',
      'rediss+sentinel://10.0.0.1,10.0.0.2:26380/portillon',
      ['10.0.0.1 26379', '10.0.0.2 26380'],
    ],
    ['none in clear', 'redis://valkey.example', []],
    ['none of sentinels in clear', 'redis+sentinel://10.0.0.1/portillon', []],
  ])('are those of %s', (_whose, url, expected) => expect(endpoints(url)).toEqual(expected));
});

describe('the address of sentinels', () => {
  it('names several, the master as they call it, and its database', () => {
    expect(
      sentinelAddress('redis+sentinel://:p%40ss@a.example:26380,10.0.0.2,[fd00::3]:26379/gate/2'),
    ).toEqual({
      nodes: [
        { host: 'a.example', port: 26_380 },
        { host: '10.0.0.2', port: 26_379 },
        { host: 'fd00::3', port: 26_379 },
      ],
      name: 'gate',
      database: 2,
      tls: false,
      password: 'p@ss',
    });
  });

  it('may ask for TLS, and for a user', () => {
    const address = sentinelAddress('rediss+sentinel://gate:secret@a/mymaster');
    expect(address).toMatchObject({ tls: true, username: 'gate', password: 'secret', database: 0 });
  });

  it.each([
    'redis+sentinel://a:26379,b:26379',
    'redis+sentinel://a:26379/mymaster/first',
    'redis+sentinel://a:port/mymaster',
    'redis+sentinel:///mymaster',
    'redis+sentinel://a,,b/mymaster',
    'redis://a:26379/mymaster',
  ])('is not %s', (url) => {
    expect(sentinelAddress(url)).toBeUndefined();
  });
});
