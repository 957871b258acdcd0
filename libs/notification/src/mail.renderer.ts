import Handlebars from 'handlebars';
import { MAIL_TEMPLATE } from './mail.template';
import { renderText } from './mail.text';
import type { MailMessage } from './message';

/** The two forms in which a mail is read. */
export interface RenderedMail {
  text: string;
  html: string;
}

const template = Handlebars.compile(MAIL_TEMPLATE, {
  knownHelpersOnly: true,
  preventIndent: true,
  strict: false,
});

/** Writes the mail, as text and as HTML. `brand` names the service at the top. Everything in the message is escaped. */
export function renderMail(message: MailMessage, brand: string): RenderedMail {
  const { locale, subject, body } = message;
  const preview = body.paragraphs[0] ?? body.title;
  return { text: renderText(message), html: template({ ...body, locale, subject, brand, preview }) };
}
