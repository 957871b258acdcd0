import { STRUCTURE_KINDS } from '@portillon/structure';
import type { Structure, StructureKind, StructurePolicy } from '@portillon/structure';
import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant } from '@portillon/http';
import { AdminStructure, structureView } from './structure.dto';

/** The rules that a structure may set beyond the deployment, by name. */
const STRUCTURE_RULES = [
  'pro-sante-connect',
  'strong-means',
  'verified-identity',
  'device-passkeys',
  'proven-passkeys',
  'no-sms',
  'mail-first-time-only',
  'code-window',
  'four-eyes',
] as const;
type StructureRule = (typeof STRUCTURE_RULES)[number];

export class AdminStructureFigures {
  @ApiProperty({ description: 'The number of active accounts.' })
  people!: number;

  @ApiProperty({ description: 'Of those, the people without a means that the structure accepts as strong.' })
  withoutStrongMeans!: number;

  @NullableInstant('The time of its last journal event.')
  lastActAt!: string | null;
}

export class AdminStructureLine extends AdminStructure {
  @ApiProperty({ enum: STRUCTURE_RULES, enumName: 'StructureRule', isArray: true })
  rules!: StructureRule[];

  @ApiProperty({ type: AdminStructureFigures, nullable: true, description: 'Null without `figures`.' })
  figures!: AdminStructureFigures | null;
}

export class AdminStructurePage {
  @ApiProperty({ type: [AdminStructureLine] })
  items!: AdminStructureLine[];

  @ApiProperty({ type: String, nullable: true, description: 'Send it as `cursor` to get the next page.' })
  nextCursor!: string | null;
}

class AdminStructureNode {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: 'Hôpital des Trois Dames' })
  name!: string;

  @ApiProperty({ enum: STRUCTURE_KINDS, enumName: 'StructureKind' })
  kind!: StructureKind;

  @ApiProperty({ description: 'The grouping that it is part of.' })
  parentId!: string;

  @ApiProperty({ description: 'The number of active accounts.' })
  people!: number;
}

export class AdminStructureTree {
  @ApiProperty({ type: [AdminStructureNode], description: 'By name; at most 500, the higher levels first.' })
  items!: AdminStructureNode[];

  @ApiProperty({ description: 'The number of all structures below.' })
  total!: number;
}

type Rule = AdminStructureLine['rules'][number];

/** Whether a structure requires it in addition to the deployment. */
const IS_ASKED: Readonly<Record<Rule, (policy: StructurePolicy) => boolean>> = {
  'pro-sante-connect': ({ proSanteConnectFrom }) => proSanteConnectFrom !== null,
  'strong-means': ({ strongMeansFrom }) => strongMeansFrom !== null,
  'verified-identity': ({ identityRequiredFrom }) => identityRequiredFrom !== null,
  'device-passkeys': ({ passkeyKind }) => passkeyKind === 'device',
  'proven-passkeys': ({ passkeyIdentity }) => passkeyIdentity === 'proven',
  'no-sms': ({ smsForbidden }) => smsForbidden,
  'mail-first-time-only': ({ mailFirstTimeOnly }) => mailFirstTimeOnly,
  'code-window': ({ codeWindowHours }) => codeWindowHours !== null,
  'four-eyes': ({ fourEyes }) => fourEyes,
};

/** As the list shows it. */
export function structureLineView(
  structure: Structure,
  parents: Parameters<typeof structureView>[1],
  figures?: AdminStructureFigures,
): AdminStructureLine {
  const rules = (Object.keys(IS_ASKED) as Rule[]).filter((rule) => IS_ASKED[rule](structure.policy));
  return { ...structureView(structure, parents), rules, figures: figures ?? null };
}

export function structureNodeView({ id, name, kind, parentId }: Structure, people: number) {
  return { id, name, kind, parentId: parentId!, people } satisfies AdminStructureNode;
}
