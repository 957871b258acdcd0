import type { ClockSkewService } from '../health/clock-skew.service';
import type { ExpiryService } from '../health/expiry.service';
import { fine, Finding, wrong } from './finding';

/** Of each setting, what ends first. Lists have a line of their own under the cards while they are good. */
export async function examineExpiries(expiries: ExpiryService): Promise<Finding[]> {
  const all = await expiries.all();
  const first = [...new Map(all.toReversed().map((one) => [one.setting, one])).values()].reverse();
  return first.flatMap((one) => {
    const day = one.at?.toISOString().slice(0, 10);
    const text = `${one.setting}: ${one.subject} is good until ${day}`;
    if (one.setting === 'CPX_CRL_FILES')
      return day && expiries.isDue(one) ? [wrong('expiry', text, 'fetch it')] : [];
    if (!day) return [wrong('expiry', `${one.setting}: ${one.subject}`)];
    return expiries.isDue(one) ? [wrong('expiry', text, 'replace it, then SIGHUP')] : [fine('expiry', text)];
  });
}

/** Nothing to say of clocks that agree. */
export async function examineClock(skew: ClockSkewService): Promise<Finding[]> {
  const milliseconds = await skew.measure();
  if (milliseconds === undefined || !skew.isTooMuch(milliseconds)) return [];
  const seconds = (milliseconds / 1_000).toFixed(1);
  return [wrong('clock', `this machine is ${seconds} s ahead of the database`, 'have both keep time by NTP')];
}
