import { Injectable } from '@nestjs/common';
import type { Address, Organization } from 'fhir/r4';
import {
  FINESS_SYSTEM,
  finessOf,
  isActive,
  isOrganization,
  itemsIn,
  referenceOf,
} from './directory-change.policy';
import { DirectoryClientService } from './directory-client.service';

/** An establishment of the directory, and its legal entity if it has one. */
export interface DirectoryOrganization {
  finess: string;
  name: string;
  town: string;
  address: string;
  entity: { finess: string; name: string } | null;
}

/** Numbers in one search. */
const AT_ONCE = 10;

/** Finds establishments in the national directory by their FINESS numbers. */
@Injectable()
export class DirectoryOrganizationsService {
  constructor(private readonly client: DirectoryClientService) {}

  get isOffered(): boolean {
    return this.client.isOffered;
  }

  /** The establishments that are open, in any order. @throws DirectoryPause when the directory gives no answer */
  async *find(numbers: readonly string[]): AsyncGenerator<DirectoryOrganization, void> {
    for (let from = 0; from < numbers.length; from += AT_ONCE) {
      const some = numbers.slice(from, from + AT_ONCE);
      const found = (await this.#search('identifier', some.map(identifierOf))).filter(isActive);
      const above = [...new Set(found.map(parentIdOf).filter(Boolean))];
      const entities = new Map((await this.#search('_id', above)).map((one) => [one.id, one]));
      for (const one of found)
        for (const finess of finessOf(one).filter((number) => some.includes(number)))
          yield organizationOf(finess, one, entities.get(parentIdOf(one)));
    }
  }

  /** One by one where the answer about all of them is too large. */
  async #search(parameter: string, values: readonly string[]): Promise<Organization[]> {
    if (values.length === 0) return [];
    const found = await this.client.search('Organization', [[parameter, values.join(',')]]);
    if (found) return found.filter(isOrganization);
    if (values.length === 1) return [];
    const alone = [];
    for (const value of values) alone.push(...(await this.#search(parameter, [value])));
    return alone;
  }
}

function organizationOf(
  finess: string,
  { name = '', address }: Organization,
  entity: Organization | undefined,
): DirectoryOrganization {
  const [place] = itemsIn<Address>(address);
  const [above] = entity ? finessOf(entity) : [];
  return {
    finess,
    name,
    town: place?.city ?? '',
    address: place ? addressText(place) : '',
    entity: entity && above ? { finess: above, name: entity.name ?? '' } : null,
  };
}

function addressText({ text, line, postalCode, city }: Address): string {
  const town = [postalCode, city].filter(Boolean).join(' ');
  return text ?? [...itemsIn<string>(line), town].filter(Boolean).join(', ');
}

function identifierOf(finess: string): string {
  return `${FINESS_SYSTEM}|${finess}`;
}

/** The id of the entry above; empty: none. */
function parentIdOf({ partOf }: Organization): string {
  const [type, id = ''] = referenceOf(partOf?.reference).split('/');
  return type === 'Organization' ? id : '';
}
