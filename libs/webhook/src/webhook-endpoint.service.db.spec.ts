import { HOUR, SystemClock } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { Webhook } from 'standardwebhooks';
import { emptyWebhooks, Instance, instanceOn } from './testing/webhook.fixture';
import { WebhookEndpointEntity } from './webhook-endpoint.repository';
import { webhookPersistence } from './webhook.persistence';

describeOnEveryEngine('an endpoint', [webhookPersistence], (fixture) => {
  let one: Instance;

  beforeEach(async () => {
    await emptyWebhooks(fixture.dataSource);
    one = instanceOn(fixture.dataSource);
    // The witness compares with the machine's clock.
    one.clock.set(new SystemClock().now());
  });

  const rotate = (id: string) => one.transactions.run((tx) => one.endpoints.rotateSecret(id, tx));
  const isSignedBy = (secret: string) => {
    const { body, headers } = one.outside.sent.at(-1)!;
    try {
      return new Webhook(secret).verify(body, headers) !== undefined;
    } catch {
      return false;
    }
  };

  it('returns its secret once, and stores it encrypted', async () => {
    const { endpoint, secret } = await one.register();
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    const row = await fixture.dataSource
      .getRepository(WebhookEndpointEntity)
      .findOneByOrFail({ id: endpoint.id });
    expect(JSON.stringify(row)).not.toContain(secret.slice(6));
    expect(JSON.stringify(await one.endpoints.get(endpoint.id))).not.toMatch(/secret["S]|sealed/);
  });

  it('signs nothing when its encrypted secret was copied from another', async () => {
    const { endpoint } = await one.register();
    const { endpoint: copy } = await one.register();
    const table = fixture.dataSource.getRepository(WebhookEndpointEntity);
    const { sealedSecret } = await table.findOneByOrFail({ id: endpoint.id });
    await table.update({ id: copy.id }, { sealedSecret });
    await one.publish();
    await one.turn();
    expect(one.outside.sent).toHaveLength(1);
  });

  it('signs with both secrets for a day after a change, and then with the new one', async () => {
    const { endpoint, secret } = await one.register();
    const next = (await rotate(endpoint.id))!.secret;
    await one.publish();
    await one.turn();
    expect([isSignedBy(secret), isSignedBy(next)]).toEqual([true, true]);
    one.clock.advance(24 * HOUR);
    await one.publish();
    await one.turn();
    expect(one.outside.sent.at(-1)!.headers['webhook-signature']!.split(' ')).toHaveLength(1);
  });

  it.each([24, 32, 48])('signs with a given secret of %i bytes', async (bytes) => {
    const { endpoint } = await one.register();
    const given = `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;
    const signsBy = (secret: string) =>
      one.transactions.run((tx) => one.endpoints.signsBy(endpoint.id, secret, tx));
    expect(await signsBy(given)).toBe(false);
    await one.transactions.run((tx) => one.endpoints.rotateSecret(endpoint.id, tx, given));
    await one.publish();
    await one.turn();
    expect([isSignedBy(given), await signsBy(given)]).toEqual([true, true]);
  });

  it.each(['hunter2', 'whsec_c2hvcnQ=', `whsec_${'A'.repeat(65)}`])(
    'takes no secret of another form (%#)',
    async (secret) => {
      const { endpoint } = await one.register();
      const replaced = one.transactions.run((tx) => one.endpoints.rotateSecret(endpoint.id, tx, secret));
      await expect(replaced).rejects.toMatchObject({ code: 'validation.failed' });
    },
  );

  it('that is changed twice in a day signs with the last two', async () => {
    const { endpoint, secret } = await one.register();
    const second = (await rotate(endpoint.id))!.secret;
    const third = (await rotate(endpoint.id))!.secret;
    await one.publish();
    await one.turn();
    expect([secret, second, third].map(isSignedBy)).toEqual([false, true, true]);
  });

  it('is changed once by many callers who read the same version', async () => {
    const { endpoint } = await one.register();
    const change = (name: string) =>
      one.transactions.run(async (tx) => {
        if (!(await one.endpoints.change(endpoint.id, 1, { name }, tx))) throw new Error('moved');
      });
    const { results } = await concurrently(16, (turn) => change(`name ${turn}`));
    expect(results).toHaveLength(1);
    expect(await one.endpoints.get(endpoint.id)).toMatchObject({ version: 2 });
  });

  it('refuses an address that is not allowed', async () => {
    await expect(one.register({ url: 'http://hooks.example' })).rejects.toMatchObject({
      code: 'validation.failed',
      errors: [{ field: 'url', code: 'url-refused' }],
    });
  });

  it('is limited to 20 for each structure', async () => {
    for (let count = 0; count < 20; count++) await one.register({ structureId: 'hospital' });
    await expect(one.register({ structureId: 'hospital' })).rejects.toMatchObject({
      code: 'webhook.too-many',
    });
    await one.register({ structureId: 'clinic' });
    await one.register();
    const ofHospital = await one.endpoints.list({ structureIds: ['hospital'], limit: 20 });
    expect([ofHospital.items.length, ofHospital.nextCursor]).toEqual([20, null]);
    const first = await one.endpoints.list({ limit: 20 });
    const second = await one.endpoints.list({ limit: 20, cursor: first.nextCursor! });
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(22);
    expect(second.nextCursor).toBeNull();
  });

  it('is deleted with its deliveries', async () => {
    const { endpoint } = await one.register();
    await one.publish();
    expect(await one.transactions.run((tx) => one.endpoints.remove(endpoint.id, tx))).toBe(true);
    expect(await one.outbox.list(endpoint.id, { limit: 10 })).toEqual({ items: [], nextCursor: null });
    expect(await one.transactions.run((tx) => one.endpoints.remove(endpoint.id, tx))).toBe(false);
  });

  it('shows its deliveries newest first, page by page', async () => {
    const { endpoint } = await one.register();
    for (let event = 0; event < 3; event++) await one.publish();
    const first = await one.outbox.list(endpoint.id, { limit: 2 });
    const second = await one.outbox.list(endpoint.id, { limit: 2, cursor: first.nextCursor! });
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect([ids.length, second.nextCursor]).toEqual([3, null]);
    expect((await one.outbox.list(endpoint.id, { state: 'failed', limit: 9 })).items).toEqual([]);
  });
});
