import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import {
  ACCESSIBILITY_STATES,
  LegalNotice,
  LegalTexts,
  missingTexts,
  type AccessibilityState,
} from '../operator/legal-notice.types';
import { PublishedStatements } from './statements/site-statements.dto';
import { textsFromFiles } from '../operator/site-statements.policy';
import { NullableInstant, OneLine } from '@portillon/http';
import { IsIn, IsString, MaxLength, ValidateIf } from 'class-validator';
import { AdminAct } from '@portillon/user-management';

/** A text that may be left empty; null: not filled in. */
const Text =
  (length: number, description: string, example?: string): PropertyDecorator =>
  (target, key) => {
    for (const rule of [
      ApiProperty({ type: String, nullable: true, maxLength: length, description, example }),
      ValidateIf((_body, value) => value !== null),
      IsString(),
      MaxLength(length),
      OneLine(),
    ])
      rule(target, key);
  };

/** The operator's legal texts. */
export class LegalNoticeTexts {
  @Text(200, 'The name of the publisher, with its legal form.', 'GCS Santé des Trois Dames')
  publisherName!: string | null;

  @Text(300, 'Its registered office.', '12 rue des Trois Dames, 75012 Paris')
  publisherAddress!: string | null;

  @Text(40, 'Its telephone.', '01 23 45 67 89')
  publisherPhone!: string | null;

  @Text(200, 'The director of the publication.', 'Nadia Benali, directrice')
  publicationDirector!: string | null;

  @Text(200, 'The name of the host.', 'Hébergeur Santé SAS')
  hostName!: string | null;

  @Text(300, 'Its address.', '1 quai du Port, 13002 Marseille')
  hostAddress!: string | null;

  @Text(40, 'Its telephone.', '04 91 00 00 00')
  hostPhone!: string | null;

  @Text(200, 'The host’s certification for health data, where it has one.', 'HDS, certificat 2026-17')
  hostCertification!: string | null;

  @Text(254, 'Mail address of the data protection officer.', 'dpo@sante.example')
  dataProtectionEmail!: string | null;

  @ApiProperty({
    enum: ACCESSIBILITY_STATES,
    enumName: 'AccessibilityState',
    description:
      'The RGAA conformity. `none`: not conformant, or not audited; `partial`: at least half of the criteria; `full`: all of them.',
  })
  @IsIn(ACCESSIBILITY_STATES)
  accessibilityState!: AccessibilityState;

  @Text(10, 'The day of the audit: `2026-11-24`. Needed by `partial` and `full`.', '2026-11-24')
  accessibilityAuditedOn!: string | null;

  @Text(200, 'The auditor.', 'Cabinet Accès')
  accessibilityAuditor!: string | null;

  @Text(254, 'Mail address for users who meet an obstacle.', 'accessibilite@sante.example')
  accessibilityEmail!: string | null;
}

class DatedLegalNotice extends LegalNoticeTexts {
  @NullableInstant('When the texts were last changed; null: not declared yet.')
  updatedAt!: string | null;
}

/** As anybody reads them. */
export class PublishedLegalNotice extends DatedLegalNotice {
  @ApiProperty({ type: PublishedStatements, description: 'The texts from the folder of `SITE_STATEMENTS`.' })
  statements!: PublishedStatements;
}

/** As an administrator edits them. */
export class AdminLegalNotice extends DatedLegalNotice {
  @ApiProperty({
    type: [String],
    description: 'Fields that the law requires and that neither this notice nor a file declares.',
  })
  missing!: string[];

  @ApiProperty({
    type: [String],
    description:
      'Fields declared by a file of `SITE_STATEMENTS`: pages show the file and ignore the value stored here.',
  })
  toldByFiles!: string[];

  @ApiProperty({ description: 'The version, which a change sends in `If-Match`; 0: not declared yet.' })
  version!: number;
}

/** The whole notice: a null field is cleared. */
export class LegalNoticeUpdate extends IntersectionType(LegalNoticeTexts, AdminAct) {}

export function publishedView(notice: LegalNotice, statements: PublishedStatements): PublishedLegalNotice {
  return { ...datedView(notice), statements };
}

export function adminView(notice: LegalNotice, statements: PublishedStatements): AdminLegalNotice {
  const fromFiles = textsFromFiles(statements);
  return {
    ...datedView(notice),
    missing: missingTexts({ ...notice, ...fromFiles }),
    toldByFiles: Object.keys(fromFiles),
    version: notice.version,
  };
}

function datedView({ updatedAt, version: _version, ...texts }: LegalNotice): DatedLegalNotice {
  return { ...texts, updatedAt: updatedAt?.toISOString() ?? null };
}

export function textsOf({ reason: _reason, ...texts }: LegalNoticeUpdate): LegalTexts {
  return storedLegalTexts(texts);
}

/** As they are kept: trimmed, and nothing rather than an empty text. */
export function storedLegalTexts<Texts extends Partial<LegalTexts>>(texts: Texts): Texts {
  const kept = Object.entries(texts).map(([field, text]) => [field, text?.trim() || null]);
  return Object.fromEntries(kept) as Texts;
}
