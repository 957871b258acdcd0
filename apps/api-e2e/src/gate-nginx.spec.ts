import { describeWithNginx } from './harness/card-desk';
import { EchoApplication } from './harness/gated-application';
import { describeGate } from './harness/gate-ways';
import { guideBlock } from './harness/guide-block';
import { ReverseProxy } from './harness/reverse-proxy';
import { Stage } from './harness/stage';

describeWithNginx('an application behind nginx', () => {
  const stage = new Stage({ environment: { GATE_PROXIES: '127.0.0.1' } });
  const application = new EchoApplication();
  const proxy = new ReverseProxy();

  beforeAll(async () => {
    await stage.open();
    const upstream = await application.start();
    const block = guideBlock('nginx.md', 'nginx', [
      ['listen 443 ssl;', 'listen 127.0.0.1:PORT;'],
      ['  ssl_certificate /etc/nginx/app.example.crt;\n', ''],
      ['  ssl_certificate_key /etc/nginx/app.example.key;\n', ''],
      ['https://app.example', 'http://app.example'],
      ['X-Forwarded-Proto https', 'X-Forwarded-Proto http'],
      ['app.example', 'app.test'],
      ['application:8080', `127.0.0.1:${upstream}`],
      ['portillon:3000', `127.0.0.1:${stage.server.port}`],
    ]);
    await proxy.startNginx(block);
  }, 60_000);
  afterAll(async () => {
    await proxy.stop();
    await application.stop();
    await stage.close();
  }, 20_000);

  describeGate({ stage, port: () => proxy.port });
});
