import { Injectable } from '@nestjs/common';
import { AdministeredWebhooksService } from '@portillon/administration-applications';
import { AppError, itemsOf } from '@portillon/kernel';
import { WebhookEndpoint, WebhookEndpointService } from '@portillon/webhook';
import type { EntityManager } from 'typeorm';
import type { WebhookEntry } from './configuration.dto';
import { wrongEntry } from './configuration.errors';
import { asked, fieldChanges, secretName } from './configuration.types';
import type { AppliedEntry, ConfiguredSection, FieldChange, SecretReader } from './configuration.types';
import { StructureSectionService } from './structure-section.service';

const BY = 'command-line';

/** Webhooks, by the name that one has within its structure. */
@Injectable()
export class WebhookSectionService implements ConfiguredSection<WebhookEntry> {
  constructor(
    private readonly endpoints: WebhookEndpointService,
    private readonly structures: StructureSectionService,
    private readonly webhooks: AdministeredWebhooksService,
  ) {}

  async apply(entry: WebhookEntry, secrets: SecretReader, tx: EntityManager): Promise<AppliedEntry> {
    const { name, secretRef } = entry;
    const structureId = await this.structures.ownerOf(entry.structure, tx);
    const found = await this.#find(structureId, name, tx);
    const secret = secretRef && secrets(secretRef);
    if (!found) {
      if (secretRef && !secret) throw wrongEntry('secretRef', 'secret-missing');
      const made = await this.#register(entry, structureId, secret, tx);
      return { id: made.id, name, kind: 'created', fields: await this.#change(made, entry, tx) };
    }
    const fields = await this.#change(found, entry, tx);
    if (secret) fields.push(...(await this.#replaceSecret(found, secretRef, secret, tx)));
    return { id: found.id, name, kind: fields.length > 0 ? 'changed' : 'left-alone', fields };
  }

  async export(): Promise<WebhookEntry[]> {
    const entries: WebhookEntry[] = [];
    for await (const { structureId, name, url, events, status } of itemsOf((range) =>
      this.endpoints.list(range),
    )) {
      const structure = await this.structures.textOf(structureId);
      const secretRef = secretName('WEBHOOK', structure, name);
      entries.push({ name, structure, url, events, status, secretRef });
    }
    return entries;
  }

  async #find(
    structureId: string | null,
    name: string,
    tx: EntityManager,
  ): Promise<WebhookEndpoint | undefined> {
    const named = await this.endpoints.named(structureId, name, tx);
    if (named.length > 1) throw wrongEntry('name', 'ambiguous');
    return named[0];
  }

  async #register(
    { name, url, events }: WebhookEntry,
    structureId: string | null,
    secret: string | undefined,
    tx: EntityManager,
  ): Promise<WebhookEndpoint> {
    const wanted = { structureId, name, url, events };
    return (await secretOf(() => this.webhooks.create(BY, wanted, { ...(secret && { secret }) }, tx)))
      .endpoint;
  }

  async #change(
    before: WebhookEndpoint,
    { url, events, status }: WebhookEntry,
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    const changes = fieldChanges(before, { url, events, status });
    if (changes.length > 0) await this.webhooks.change(BY, before, asked(changes), {}, tx);
    return changes;
  }

  async #replaceSecret(
    endpoint: WebhookEndpoint,
    reference: string,
    secret: string,
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    if (await this.endpoints.signsBy(endpoint.id, secret, tx)) return [];
    await secretOf(() => this.webhooks.rotateSecret(BY, endpoint, { secret }, tx));
    return [{ field: 'secretRef', from: null, to: reference }];
  }
}

/** A file holds no secret but a reference. */
async function secretOf<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isOfSecret = error instanceof AppError && error.errors?.some(({ field }) => field === 'secret');
    throw isOfSecret ? wrongEntry('secretRef', 'secret-form') : error;
  }
}
