import type { LabelledValue, MailMessage } from '../message.types';

/** Typography: French has a no-break space before a colon. */
const SEPARATORS: Readonly<Record<string, string>> = { fr: '\u00a0:' };
const SEPARATOR = ':';

/**
 * Renders the mail as plain text, with the content of the HTML part in the same order. `separators`: text after a
 * label, by language.
 */
export function renderText({ locale, body }: MailMessage, separators = SEPARATORS): string {
  const colon = separators[locale] ?? SEPARATOR;
  const line = (one: LabelledValue) => renderLine(one, colon);
  const blocks = [
    body.organisation,
    body.title,
    ...body.paragraphs,
    body.highlight && `${body.highlight.label}${colon}\n\n    ${body.highlight.value}`,
    body.link && `${body.link.label}${colon}\n\n    ${body.link.url}`,
    body.details?.map(line).join('\n'),
    ...body.closing,
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

/** Renders the preview in a list of mails: the code, or the deadline. */
export function renderPreview({ locale, body }: MailMessage, separators = SEPARATORS): string {
  const first = body.preview ?? body.highlight;
  if (!first) return body.paragraphs[0] ?? body.title;
  return renderLine(first, separators[locale] ?? SEPARATOR);
}

function renderLine({ label, value }: LabelledValue, colon: string): string {
  return `${label}${colon} ${value}`;
}
