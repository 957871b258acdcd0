import { toProblem, ApiProblem } from './problem';

interface Answer<Data> {
  data?: Data;
  error?: unknown;
}
/** The answer of the generated client. */
export type Answered<Data> = Promise<Answer<Data>>;
type Request<Data> = () => Answered<Data>;

/** `application.asks`: an application requires a fresh proof. */
export type StepUpReason = AskedByApi | 'application.asks';
type AskedByApi = 'code.required' | 'reauthentication.required';

/** The reaction of the application when the API requires more than the session has. */
export interface Gate {
  /** Asks the person for a code, above the current page. Returns false when they cancel. */
  stepUp: (reason: StepUpReason) => Promise<boolean>;
  /** The session has ended: opens the sign-in page. */
  sessionLost: () => void;
}

let gate: Gate = { stepUp: async () => false, sessionLost: () => undefined };

export function guardCalls(by: Gate): void {
  gate = by;
}

/** Sends a request and returns the answer. For requests without a session. @throws ApiProblem on a refusal */
export async function send<Data>(request: Request<Data>): Promise<Data> {
  const { data, error } = await request();
  if (error !== undefined) throw toProblem(error);
  return data as Data;
}

/**
 * Sends a request of a signed-in person. When the API requires a code first, asks the person for it and repeats the
 * request, so that nothing typed is lost.
 */
export async function call<Data>(request: Request<Data>): Promise<Data> {
  try {
    return await sendWithCode(request);
  } catch (failure) {
    if (failure instanceof ApiProblem && failure.code === 'session.required') gate.sessionLost();
    throw failure;
  }
}

async function sendWithCode<Data>(request: Request<Data>): Promise<Data> {
  try {
    return await send(request);
  } catch (failure) {
    if (!(failure instanceof ApiProblem) || !asksForCode(failure.code)) throw failure;
    if (!(await gate.stepUp(failure.code))) throw failure;
    return send(request);
  }
}

function asksForCode(code: string): code is AskedByApi {
  return code === 'code.required' || code === 'reauthentication.required';
}
