import type { Sending } from '../channels/guarded-provider';
import type { MailMessage, SmsMessage } from '../message.types';
import type { SendAttempt, SmsSender } from '../channels/channel-provider.types';

/** A complete mail; `CODE` is the secret that must appear nowhere else. */
export const CODE = '482913';

export function mail(changes: Partial<MailMessage> = {}): MailMessage {
  return {
    channel: 'EMAIL',
    to: 'claire.martin@hopital.example',
    locale: 'fr',
    subject: 'Votre code de connexion à Portillon',
    body: {
      title: 'Votre code de connexion',
      paragraphs: ['Saisissez ce code sur la page de connexion pour terminer.'],
      highlight: { label: 'Votre code', value: CODE },
      details: [
        { label: 'Valable', value: '10 minutes' },
        { label: 'Référence', value: 'K7QX' },
      ],
      closing: ['Ne communiquez jamais ce code : personne chez nous ne vous le demandera.'],
    },
    ...changes,
  };
}

export function sms(changes: Partial<SmsMessage> = {}): SmsMessage {
  return { channel: 'SMS', to: '+33612345678', text: `Portillon : code ${CODE}`, ...changes };
}

/** Context of a message that is always useful. */
export function sending(id = 'message-1'): Sending {
  return { id, usefulUntil: new Date('9999-12-31T00:00:00Z') };
}

/** A provider that records its messages and answers each as the test defines. */
export class Outlet implements SmsSender {
  readonly name = 'outlet';
  readonly sent: { id: string; text: string }[] = [];
  answer: () => SendAttempt | Promise<SendAttempt> = () => ({ status: 'sent', reference: 'ref-1' });

  async send(message: { text: string }, { id }: { id: string }): Promise<SendAttempt> {
    this.sent.push({ id, text: message.text });
    return this.answer();
  }
}
