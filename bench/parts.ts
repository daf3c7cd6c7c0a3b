import { bytesPart } from './bytes-part';
import { coldPart } from './cold/cold-part';
import { endToEndPart } from './end-to-end-part';
import type { Row } from './measure/row';
import { ownCpuPart } from './own-cpu/own-cpu-part';
import { segmentPart } from './segment-part';
import { growthPart } from './growth/growth-part';
import { throughputPart } from './throughput-part';
import { workerPart } from './worker-part';

/** The parts that `npm run bench` measures, in this order. An argument selects a part by its name. */
export const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  bytes: bytesPart,
  cold: coldPart,
  throughput: throughputPart,
  'own-cpu': ownCpuPart,
  segment: segmentPart,
  worker: workerPart,
  'end-to-end': endToEndPart,
  growth: growthPart,
};
