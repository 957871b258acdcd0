import { Test, TestingModule } from '@nestjs/testing';
import { KernelModule, Keyring } from '@portillon/kernel';
import { HostResolver, OutboundModule } from '@portillon/outbound';
import { MigratorService, PersistenceModule, Transactions } from '@portillon/persistence';
import { describeWithProgram, HttpsReceiver } from '@portillon/testing';
import { Webhook } from 'standardwebhooks';
import { WebhookEndpointService, WebhookModule, webhookPersistence, WebhookTestService } from '.';
import { KEY, webhook } from './testing/webhook.fixture';

describeWithProgram('openssl', 'the module, before a real HTTPS server', () => {
  const receiver = new HttpsReceiver();
  let application: TestingModule;

  beforeAll(async () => {
    await receiver.start();
    const outbound = OutboundModule.forRoot({ allow: ['127.0.0.1'], authorities: receiver.certificate });
    application = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring: new Keyring([KEY]) }),
        PersistenceModule.forRoot({ url: ':memory:', parts: [webhookPersistence] }),
        { module: WebhookModule, imports: [outbound] },
      ],
    })
      .overrideProvider(HostResolver)
      .useValue({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
      .compile();
    await application.get(MigratorService).migrate();
  });

  afterAll(async () => {
    await application.close();
    await receiver.stop();
  });

  it('sends what the library of Standard Webhooks accepts', async () => {
    const url = `https://hooks.example:${receiver.port}/portillon`;
    const register = (tx: Parameters<WebhookEndpointService['register']>[1]) =>
      application.get(WebhookEndpointService).register(webhook({ url }), tx);
    const { endpoint, secret } = await application.get(Transactions).run(register);
    const delivery = await application.get(WebhookTestService).send(endpoint.id);
    expect(delivery).toMatchObject({ state: 'delivered', lastStatus: 200 });
    const [{ method, path, headers, body }] = receiver.requests as [(typeof receiver.requests)[0]];
    expect({ method, path }).toEqual({ method: 'POST', path: '/portillon' });
    const verified = new Webhook(secret).verify(body, headers as Record<string, string>);
    expect(verified).toMatchObject({ type: 'webhook.test', data: { endpointId: endpoint.id } });
  });
});
