import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { ACCESSIBILITY_STATES, LegalNotice, LegalTexts, missingTexts } from '@portillon/account';
import type { AccessibilityState } from '@portillon/account';
import { OneLine } from '@portillon/http';
import { IsIn, IsString, MaxLength, ValidateIf } from 'class-validator';
import { AdminAct } from '../core/admin-act.dto';

/** A text that may be left empty; null: it is not told. */
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

/** What the law has the operator publish. */
export class LegalNoticeTexts {
  @Text(200, 'Who publishes the service: its name, with its legal form.', 'GCS Santé des Trois Dames')
  publisherName!: string | null;

  @Text(300, 'Its registered office.', '12 rue des Trois Dames, 75012 Paris')
  publisherAddress!: string | null;

  @Text(40, 'Its telephone.', '01 23 45 67 89')
  publisherPhone!: string | null;

  @Text(200, 'Who directs the publication.', 'Nadia Benali, directrice')
  publicationDirector!: string | null;

  @Text(200, 'Who hosts the service.', 'Hébergeur Santé SAS')
  hostName!: string | null;

  @Text(300, 'Its address.', '1 quai du Port, 13002 Marseille')
  hostAddress!: string | null;

  @Text(40, 'Its telephone.', '04 91 00 00 00')
  hostPhone!: string | null;

  @Text(200, 'Its certification for health data, where it has one.', 'HDS, certificat 2026-17')
  hostCertification!: string | null;

  @Text(254, 'Mail address of the data protection officer.', 'dpo@sante.example')
  dataProtectionEmail!: string | null;

  @ApiProperty({
    enum: ACCESSIBILITY_STATES,
    enumName: 'AccessibilityState',
    description:
      'RGAA: `none`: not conformant, or not audited; `partial`: half and more; `full`: all criteria.',
  })
  @IsIn(ACCESSIBILITY_STATES)
  accessibilityState!: AccessibilityState;

  @Text(10, 'The day of the audit: `2026-11-24`. Needed by `partial` and `full`.', '2026-11-24')
  accessibilityAuditedOn!: string | null;

  @Text(200, 'Who made the audit.', 'Cabinet Accès')
  accessibilityAuditor!: string | null;

  @Text(254, 'Mail address for who meets an obstacle.', 'accessibilite@sante.example')
  accessibilityEmail!: string | null;
}

/** As anybody reads them. */
export class PublishedLegalNotice extends LegalNoticeTexts {
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When they were last changed; null: nothing is told yet.',
  })
  updatedAt!: string | null;
}

/** As an administrator edits them. */
export class AdminLegalNotice extends PublishedLegalNotice {
  @ApiProperty({ type: [String], description: 'The fields that the law asks for and that are empty.' })
  missing!: string[];

  @ApiProperty({ description: 'Give it back in `If-Match` with a change; 0: nothing is told yet.' })
  version!: number;
}

/** All of it: what is null is told no more. */
export class LegalNoticeUpdate extends IntersectionType(LegalNoticeTexts, AdminAct) {}

export function publishedView({ updatedAt, version: _version, ...texts }: LegalNotice): PublishedLegalNotice {
  return { ...texts, updatedAt: updatedAt?.toISOString() ?? null };
}

export function adminView(notice: LegalNotice): AdminLegalNotice {
  return { ...publishedView(notice), missing: missingTexts(notice), version: notice.version };
}

export function textsOf({ reason: _reason, ...texts }: LegalNoticeUpdate): LegalTexts {
  return keptTexts(texts);
}

/** As they are kept: trimmed, and nothing rather than an empty text. */
export function keptTexts<Texts extends Partial<LegalTexts>>(texts: Texts): Texts {
  const kept = Object.entries(texts).map(([field, text]) => [field, text?.trim() || null]);
  return Object.fromEntries(kept) as Texts;
}
