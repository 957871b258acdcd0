import { lineOf, morning } from './load.mjs';
import { Platform } from './platform.mjs';

/** Sign-ins per second of a twentieth of the nation, for five-minute steps from 8 to 10 o'clock: 0.6 on average. */
const MORNING = [
  0.1, 0.2, 0.4, 0.8, 1.5, 2.35, 1.8, 1.2, 0.9, 0.7, 0.6, 0.5, 0.4, 0.4, 0.3, 0.3, 0.3, 0.3, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2,
]; // prettier-ignore

/** The load from 8 to 10 o'clock of a twentieth, compressed into `minutes`. */
export async function curve({ minutes, people }) {
  const platform = await Platform.open({ people });
  try {
    const seconds = minutes * 60;
    const rateAt = (second) => MORNING[Math.min(Math.floor((second / seconds) * MORNING.length), MORNING.length - 1)]; // prettier-ignore
    const { crowd, browser } = await morning(platform, { seconds, rateAt });
    return [{ what: `8 to 10 o’clock at 1/20, in ${minutes} min`, ...(await lineOf(crowd, browser)) }];
  } finally {
    await platform.close();
  }
}
