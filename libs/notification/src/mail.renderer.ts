import { MAIL_TEMPLATE } from './mail.template';
import { renderText } from './mail.text';
import type { MailMessage } from './message';

/** The two forms in which a mail is read. */
export interface RenderedMail {
  text: string;
  html: string;
}

/** Writes a mail, as text and as HTML. `brand` names the service at its head. Everything in the message is escaped. */
export type MailRenderer = (message: MailMessage, brand: string) => RenderedMail;

/** Compiles the template, once for the life of the process. */
export async function loadRenderer(): Promise<MailRenderer> {
  const { default: handlebars } = await import('handlebars');
  const template = handlebars.compile(MAIL_TEMPLATE, { knownHelpersOnly: true });
  return (message, brand) => {
    const { locale, subject, body } = message;
    const preview = body.paragraphs[0] ?? body.title;
    return { text: renderText(message), html: template({ ...body, locale, subject, brand, preview }) };
  };
}
