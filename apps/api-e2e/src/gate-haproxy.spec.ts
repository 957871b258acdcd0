import { EchoApplication } from './harness/gated-application';
import { describeGate } from './harness/gate-ways';
import { guideBlock } from './harness/guide-block';
import { describeWithHaproxy, ReverseProxy } from './harness/reverse-proxy';
import { Stage } from './harness/stage';

describeWithHaproxy('an application behind HAProxy', () => {
  const stage = new Stage({ environment: { GATE_PROXIES: '127.0.0.1' } });
  const application = new EchoApplication();
  const proxy = new ReverseProxy();

  beforeAll(async () => {
    await stage.open();
    const upstream = await application.start();
    const portillon: [string, string] = ['portillon:3000', `127.0.0.1:${stage.server.port}`];
    const configuration = guideBlock('haproxy.md', 'haproxy', [
      ['bind :443 ssl crt /etc/haproxy/app.example.pem', 'bind 127.0.0.1:PORT'],
      ['X-Forwarded-Proto https', 'X-Forwarded-Proto http'],
      ['app.example', 'app.test'],
      ['application:8080', `127.0.0.1:${upstream}`],
      portillon,
    ]);
    await proxy.startHaproxy(configuration, guideBlock('haproxy.md', 'lua', [portillon]));
  }, 60_000);
  afterAll(async () => {
    await proxy.stop();
    await application.stop();
    await stage.close();
  }, 20_000);

  describeGate({ stage, port: () => proxy.port });
});
