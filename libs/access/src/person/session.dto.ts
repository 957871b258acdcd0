import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { NullableInstant, NullableText } from '@portillon/http';
import { heldRoles } from '@portillon/account';
import { amrOfFactor, Session } from '@portillon/session';
import { STRUCTURE_KINDS } from '@portillon/structure';
import type { ShownBranding, StructureKind } from '@portillon/structure';

/** The branding of a structure. */
export class Face {
  @ApiProperty({ example: 'CHU des Trois Dames' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The path of its logo, an SVG file.' })
  logo!: string | null;

  @NullableText('A colour that is dark enough to be read on white.', '#0a5650')
  accent!: string | null;
}

export function brandingView({ name, logo, accent }: ShownBranding): Face {
  return { name, logo: logoPath(logo), accent };
}

/** The path contains the digest of the content: only those who were shown a logo can find it. */
export function logoPath(digest: string | null): string | null {
  return digest && `/api/logos/${digest}`;
}

export class SessionStructure {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: 'Hôpital des Trois Dames' })
  name!: string;
}

/** An open membership of the signed-in person. */
export class SessionMembership extends SessionStructure {
  @ApiProperty({ type: String, nullable: true, example: '750712184' })
  finess!: string | null;

  @ApiProperty({ enum: STRUCTURE_KINDS, enumName: 'StructureKind' })
  kind!: StructureKind;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Cardiologue',
    description: 'What the person does there.',
  })
  function!: string | null;

  @ApiProperty({ type: [String], example: ['professional'], description: 'The roles in this structure.' })
  roles!: string[];

  @ApiProperty({ description: 'Whether this structure manages the account.' })
  manages!: boolean;
}

export class SessionAccount {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: 'claire.martin' })
  username!: string;

  @ApiProperty({ example: 'Claire Martin' })
  displayName!: string;

  @ApiProperty({
    type: [String],
    example: ['professional'],
    description: 'In all structures; `structures` has those of each.',
  })
  roles!: string[];

  @ApiProperty({ type: SessionStructure, nullable: true, description: 'The structure in use.' })
  structure!: SessionStructure | null;

  @ApiProperty({ type: Face, nullable: true, description: 'The branding at the sign-in; null: none.' })
  face!: Face | null;
}

/** Codes of the national directories (ANS: NOS), as Pro Santé Connect states them. */
@ApiSchema({ name: 'SessionActivity' })
export class SessionActivityView {
  @ApiProperty({ type: String, nullable: true, example: '10', description: 'TRE_G15: 10 is a physician.' })
  profession!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'SM26' })
  skill!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'S', description: 'L: own practice, S: employed.' })
  mode!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'SA07' })
  sector!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Hôpital des Trois Dames' })
  structure!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'R95141' })
  structureId!: string | null;
}

@ApiSchema({ name: 'Session' })
export class SessionView {
  @ApiProperty()
  id!: string;

  @ApiProperty({ type: SessionAccount })
  account!: SessionAccount;

  @ApiProperty({ type: [SessionMembership], description: 'In which the person works.' })
  structures!: SessionMembership[];

  @ApiProperty({
    description:
      'Whether the structure in use was chosen, or follows from the place. Where it is false and there are several, ask for it: `PUT /api/session/structure`.',
  })
  structureChosen!: boolean;

  @ApiProperty({ enum: [], enumName: 'MeansId' })
  means!: string;

  @NullableText('Authentication context class (OpenID Connect).')
  acr!: string | null;

  @ApiProperty({
    type: [String],
    example: ['pwd', 'mail'],
    description:
      'Authentication methods (RFC 8176), as in an ID token: a code is `mail`, `sms`, or `totp` from an authenticator app.',
  })
  amr!: string[];

  @ApiProperty({ type: SessionActivityView, nullable: true, description: 'Null when the means gives none.' })
  activity!: SessionActivityView | null;

  @ApiProperty({
    type: String,
    enum: ['enrolment'],
    nullable: true,
    description:
      '`enrolment`: this session may only add a strong means, any other request is refused with `enrolment.required`; null: not limited.',
  })
  limitedTo!: 'enrolment' | null;

  @ApiProperty({
    description: 'Whether a recovery code opened it, so that the session can only add a means.',
  })
  recovered!: boolean;

  @ApiProperty({
    description:
      'Whether the workstations of the person’s structure are shared: an unused session then ends sooner.',
  })
  sharedWorkstation!: boolean;

  @ApiProperty({ format: 'date-time' })
  signedInAt!: string;

  @NullableInstant('When the session requires a new code; null: never.')
  codeValidUntil!: string | null;

  @ApiProperty({ format: 'date-time', description: 'The idle limit: `POST /api/session/renew` extends it.' })
  idleExpiresAt!: string;

  @ApiProperty({ format: 'date-time', description: 'The absolute limit, which is never extended.' })
  expiresAt!: string;
}

export class SessionAnswer {
  @ApiProperty({ type: SessionView })
  session!: SessionView;
}

export class SignedIn extends SessionAnswer {
  @ApiProperty({ enum: ['signed-in'] })
  status!: 'signed-in';
}

/** A session as integrators and the page see it. */
export function sessionView(session: Session): SessionView {
  const { accountId, username, displayName, structure, face, memberships = [] } = session.principal;
  const { structureChosen = memberships.length < 2 } = session.principal;
  return {
    id: session.id,
    account: {
      id: accountId,
      username,
      displayName,
      roles: heldRoles(session.principal),
      structure,
      face: face ? brandingView(face) : null,
    },
    structures: memberships.map(({ structure: place, ...membership }) => ({
      ...place,
      kind: place.kind ?? 'establishment',
      ...membership,
    })),
    structureChosen,
    means: session.means,
    acr: session.acr,
    amr: confirmedAmr(session),
    activity: session.activity,
    limitedTo: session.proof.limitedTo ?? null,
    recovered: session.proof.recovered ?? false,
    sharedWorkstation: session.principal.sharedWorkstation ?? false,
    signedInAt: session.signedInAt.toISOString(),
    codeValidUntil: session.codeValidUntilAt?.toISOString() ?? null,
    idleExpiresAt: session.idleExpiresAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  };
}

/** Returns the factors of this session, from the sign-in and from later confirmations. */
function confirmedAmr({ means, amr, proof }: Session): string[] {
  const since = (proof.confirmations ?? []).flatMap((one) =>
    one.by === 'passkey' ? (one.amr ?? []) : amrOfFactor(one.by, means),
  );
  return [...new Set([...amr, ...since])];
}
