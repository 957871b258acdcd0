import { internal, published, table } from '@portillon/persistence';
import { StructureLogoEntity } from './branding/structure-logo.repository';
import { StructureNetworkEntity } from './structure-network.repository';
import { StructureGuardEntity } from './structure-guard.repository';
import { StructureEntity } from './structure.entity';

/** The tables of structures. `accountPersistence` contains them, since they are created with those of accounts (ADR 0057). */
export const structureTables = [
  table(StructureEntity, {
    purpose: 'An establishment, and what it asks of its people’s sign-ins.',
    kept: 'as long as the service',
    afterRestore: 'kept',
    columns: [
      published('name finess siret address displayName logo accent'),
      internal('id nameKey sortKey createdAt smsForbidden mailFirstTimeOnly codeWindowHours'),
      internal('proSanteConnectFromAt strongMeansFromAt strongMeansReached totpIsStrong passkeyKind'),
      internal('passkeyIdentity egressAddresses fourEyes sharedWorkstations identityRequiredFromAt'),
      internal('kind parentId version'),
    ],
  }),
  table(StructureGuardEntity, {
    purpose: 'Keeps two moves at once from making a circle of structures.',
    kept: 'for good; one row',
    afterRestore: 'kept',
    columns: [internal('rule writes')],
  }),
  table(StructureNetworkEntity, {
    purpose: 'The network addresses of a structure, to know whose pages to show.',
    kept: 'with the structure',
    afterRestore: 'kept',
    columns: [internal('network structureId')],
  }),
  table(StructureLogoEntity, {
    purpose: 'The logo of a structure.',
    kept: 'until it is replaced',
    afterRestore: 'kept',
    columns: [published('structureId digest svg')],
  }),
];
