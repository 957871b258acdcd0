import type { Agent } from 'node:http';
import type { ChannelProvider, SendAttempt, SendContext } from '../channels/channel-provider.types';
import { ask, keepAliveAgent, connectionFailure, statusFailure } from '../sms/provider-connection';

/** What a call reads out. */
export interface VoiceMessage {
  channel: 'VOICE';
  /** E.164. */
  to: string;
  text: string;
}

export interface VoiceOptions {
  /** Of the gateway that calls. */
  url: string;
}

/** Calls, through a gateway. */
export class VoiceProvider implements ChannelProvider<VoiceMessage> {
  readonly name = 'voice';
  readonly #agent: Agent;

  constructor(private readonly options: VoiceOptions) {
    this.#agent = keepAliveAgent(options.url);
  }

  async send({ to, text }: VoiceMessage, { signal }: SendContext): Promise<SendAttempt> {
    // The last line binds the code to a page, for phones that fill it in.
    const body = JSON.stringify({ to, say: text.split('\n')[0] });
    const headers = { 'content-type': 'application/json' };
    try {
      const request = { method: 'POST', url: this.options.url, headers, body } as const;
      const { status } = await ask(request, this.#agent, signal);
      const reason = `voice ${status}`;
      return status === 202
        ? { status: 'sent' }
        : (statusFailure(status, reason) ?? { status: 'unusable', reason });
    } catch (error) {
      return connectionFailure(this.name, error);
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}
