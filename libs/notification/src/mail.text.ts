import type { LabelledValue, MailMessage } from './message';

/** The mail as plain text: everything that the HTML part says, in the same order. */
export function renderText({ locale, body }: MailMessage): string {
  const colon = locale === 'fr' ? '\u00a0:' : ':';
  const line = ({ label, value }: LabelledValue) => `${label}${colon} ${value}`;
  const blocks = [
    body.title,
    ...body.paragraphs,
    body.highlight && `${body.highlight.label}${colon}\n\n    ${body.highlight.value}`,
    body.link && `${body.link.label}${colon}\n\n    ${body.link.url}`,
    body.details?.map(line).join('\n'),
    ...body.closing,
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}
