import type { Explanation, ExplanationJson } from '../decision/explanation.js';
import type { RunningReport } from './running-report.js';

/** An explanation together with what runs; `schemas/explanation.schema.json` describes it. */
export type RunningExplanationJson = ExplanationJson & RunningReport;

/**
 * The JSON form of a decision and of what runs. Pure: of a running process both are asked in one breath, as in
 * `explainRunning(registry.explain(CACHE), lifecycle.report(CACHE))`.
 */
export function explainRunning(explanation: Explanation, report: RunningReport): RunningExplanationJson {
  return { ...explanation.toJSON(), ...report };
}
