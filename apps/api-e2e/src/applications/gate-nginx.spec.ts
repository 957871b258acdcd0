import { describeWithNginx } from '../harness/people/card-desk';
import { describeGate } from '../harness/applications/gate-ways';
import { guideBlock } from '../harness/applications/guide-block';

describeWithNginx('an application behind nginx', () => {
  describeGate((proxy, { application, portillon, timeoutMs }) => {
    const block = guideBlock('nginx.md', 'nginx', [
      ['listen 443 ssl http2 default_server;', 'listen 127.0.0.1:PORT default_server;'],
      ['  ssl_reject_handshake on;\n', ''],
      ['listen 443 ssl http2;', 'listen 127.0.0.1:PORT;'],
      ['  ssl_certificate /etc/nginx/app.example.crt;\n', ''],
      ['  ssl_certificate_key /etc/nginx/app.example.key;\n', ''],
      ['https://app.example', 'http://app.example'],
      ['X-Forwarded-Proto https', 'X-Forwarded-Proto http'],
      ['app.example', 'app.test'],
      ['3s', `${timeoutMs}ms`],
      application,
      portillon,
    ]);
    return proxy.startNginx(block);
  });
});
