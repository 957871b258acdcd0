import type { Answer } from '../people/answer.types';
import { bearer, type Machines, type Service } from '../server/machine';
import type { Stage } from '../server/stage';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let count = 0;

/** A directory that keeps accounts by SCIM, with its own token for each request. */
export class ScimClient {
  constructor(
    private readonly stage: Stage,
    private readonly machines: Machines,
    readonly service: Service,
  ) {}

  send(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const type = body && { 'content-type': 'application/scim+json' };
    const token = bearer(this.machines.token(this.service), { ...type, ...headers });
    return this.stage.visitor().send(method, `/scim/v2/${path}`, body, token);
  }

  patch(id: string, ...Operations: object[]): Promise<Answer> {
    return this.send('PATCH', `Users/${id}`, { schemas: [PATCH], Operations });
  }

  find(filter: string): Promise<Answer> {
    return this.send('GET', `Users?filter=${encodeURIComponent(filter)}`);
  }

  create(changes: object = {}): Promise<Answer> {
    return this.send('POST', 'Users', this.resource(changes));
  }

  /** A person whom no account is of yet. */
  resource(changes: object = {}) {
    const userName = `scim.${count++}.${this.stage.server.port}@hopital.example`;
    const name = { givenName: 'Claire', familyName: 'Martin' };
    const emails = [{ value: userName, type: 'work', primary: true }];
    const externalId = `ext-${count}-${this.stage.server.port}`;
    return { schemas: [USER], userName, externalId, name, emails, active: true, ...changes };
  }
}

/** The fields of a SCIM error. */
export function fault({ status, body }: Answer): unknown[] {
  return [status, body.status, body.scimType];
}
