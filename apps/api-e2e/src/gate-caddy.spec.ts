import { EchoApplication } from './harness/gated-application';
import { describeGate } from './harness/gate-ways';
import { guideBlock } from './harness/guide-block';
import { describeWithCaddy, ReverseProxy } from './harness/reverse-proxy';
import { Stage } from './harness/stage';

describeWithCaddy('an application behind Caddy', () => {
  const stage = new Stage({ environment: { GATE_PROXIES: '127.0.0.1' } });
  const application = new EchoApplication();
  const proxy = new ReverseProxy();

  beforeAll(async () => {
    await stage.open();
    const upstream = await application.start();
    const block = guideBlock('caddy.md', 'caddyfile', [
      ['app.example {', 'http://app.test:PORT {\n  bind 127.0.0.1'],
      ['application:8080', `127.0.0.1:${upstream}`],
      ['portillon:3000', `127.0.0.1:${stage.server.port}`],
    ]);
    await proxy.startCaddy(block);
  }, 60_000);
  afterAll(async () => {
    await proxy.stop();
    await application.stop();
    await stage.close();
  }, 20_000);

  describeGate({ stage, port: () => proxy.port });
});
