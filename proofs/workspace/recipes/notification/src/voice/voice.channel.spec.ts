import { SystemClock } from '@portillon/kernel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { sending } from '../testing/messages';
import { useChannels } from '../testing/open-channels';

describe('a message by voice', () => {
  const open = useChannels(new SystemClock());
  const calls: unknown[] = [];
  const server = createServer(async (request, response) => {
    calls.push(await json(request));
    response.writeHead(202).end();
  });

  beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  afterAll(() => server.close());

  it('is read out by a call, and not sent where no gateway is set', async () => {
    const message = { channel: 'VOICE', to: '+33639981242', text: 'Code 482913\n@host #482913' } as const;
    const { channels: off } = await open({});
    expect(off.available('VOICE')).toBe(false);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { channels, health } = await open({ voice: { url } });
    expect(await channels.send(message, sending())).toMatchObject({ delivery: 'SENT', provider: 'voice' });
    expect(calls).toEqual([{ to: message.to, say: 'Code 482913' }]);
    expect(await health.health()).toContainEqual(expect.objectContaining({ channel: 'VOICE', status: 'up' }));
  });
});
