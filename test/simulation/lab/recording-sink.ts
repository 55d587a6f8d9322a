/** A receiver of alerts that remembers what has arrived, in its order, and does not always take what it is given. */
import { type Alert, type AlertSink, deliveryKey, type SinkName } from '../../../lambda/alerts/alert.ts';
import type { AlertPorts } from '../../../lambda/alerts/alert-ports.ts';
import { Difference } from '../difference.ts';
import type { Random } from './random.ts';

/** What becomes of one alert: it arrives; it arrives and the answer is lost; or it does not. */
export type Reception = 'arrives' | 'loses its answer' | 'is refused';

export class RecordingSink implements AlertSink {
  readonly name: SinkName;
  /** In the order of their arrival; what was told twice stands here twice. */
  readonly arrived: Alert[];
  receive: (alert: Alert) => Reception = () => 'arrives';

  constructor(name: SinkName, arrived: readonly Alert[] = []) {
    this.name = name;
    this.arrived = [...arrived];
  }

  async deliver(alerts: readonly Alert[]): Promise<ReadonlySet<string>> {
    const known = new Set<string>();
    for (const alert of alerts) {
      const reception = this.receive(alert);
      if (reception !== 'is refused') this.arrived.push(alert);
      if (reception === 'arrives') known.add(deliveryKey(alert));
    }
    return known;
  }
}

/** @param trouble from 0 to 1: how often something is not taken, or its answer lost. */
export function moodOf(random: Random, trouble: number): RecordingSink['receive'] {
  return () => (!random.chance(trouble) ? 'arrives' : random.chance(0.5) ? 'loses its answer' : 'is refused');
}

/** Never for real time: nothing here takes any. */
export const alertPorts = (sinks: readonly AlertSink[]): AlertPorts => ({
  sinks,
  settings: { refusedShare: 0.01, muted: new Set() },
  signal: new AbortController().signal,
});

/** Of each incident, a receiver has heard that it was raised before it hears that it is over. */
export function checkOrder({ name, arrived }: Pick<RecordingSink, 'name' | 'arrived'>): void {
  const raised = new Map<string, Alert>();
  for (const alert of arrived) {
    if (alert.event === 'raised') raised.set(alert.id, alert);
    const first = raised.get(alert.id);
    const isSame = first && first.kind === alert.kind && first.since === alert.since;
    if (!isSame) throw new Difference(`P18: ${name} has heard ${JSON.stringify(alert)} of nothing raised`);
  }
}
