import type { SendAttempt, SmsSender } from '../channels/channel-provider.types';

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
