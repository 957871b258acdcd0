import { SystemClock } from './clock';

describe('the system clock', () => {
  it('does not step back when the machine does', () => {
    const machine = jest.spyOn(Date, 'now');
    const clock = new SystemClock();
    machine.mockReturnValueOnce(2_000);
    expect(clock.now().getTime()).toBe(2_000);
    machine.mockReturnValueOnce(1_000);
    expect(clock.now().getTime()).toBe(2_000);
    machine.mockRestore();
  });
});
