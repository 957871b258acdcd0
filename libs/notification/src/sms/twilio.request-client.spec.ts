import type { Socket } from 'node:net';
import { HttpRecorder } from '../testing/http-recorder';
import { keepAliveAgent } from './provider-connection';
import { TwilioRequestClient } from './twilio.request-client';

describe('a connection to Twilio', () => {
  it('keeps no listener of the messages that it carried', async () => {
    const recorder = await new HttpRecorder().start();
    const agent = keepAliveAgent(recorder.url);
    const post = {
      method: 'post' as const,
      uri: 'https://api.twilio.com/2010-04-01/Messages.json',
      username: 'a',
      password: 'b',
    };
    for (let turn = 0; turn < 5; turn++) {
      await new TwilioRequestClient(recorder.url, agent, new AbortController().signal).request(post);
    }
    await new Promise((resolve) => setImmediate(resolve));
    const [socket] = Object.values(agent.freeSockets).flat() as Socket[];
    expect(socket!.listenerCount('connect')).toBeLessThanOrEqual(1);
    expect(recorder.connections).toBe(1);
    agent.destroy();
    await recorder.stop();
  });

  it('says whether the request that failed may have arrived', async () => {
    const agent = keepAliveAgent('http://127.0.0.1:9');
    const given = { method: 'post' as const, uri: 'https://api.twilio.com/', username: 'a', password: 'b' };
    const refused = new TwilioRequestClient(
      'http://127.0.0.1:9',
      agent,
      new AbortController().signal,
    ).request(given);
    await expect(refused).rejects.toMatchObject({ code: 'ECONNREFUSED', handedOver: false });
    const late = new TwilioRequestClient('http://127.0.0.1:9', agent, AbortSignal.abort()).request(given);
    await expect(late).rejects.toMatchObject({ code: 'ERR_CANCELED', handedOver: false });
    agent.destroy();
  });
});
