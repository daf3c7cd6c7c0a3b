export type PlannedAnswer = number | 'timeout';

/** Number of deliveries for which the count of attempts is kept. */
const rememberedLimit = 10_000;

/**
 * Reads `?respond=500,410,timeout,200` of an endpoint's URL: the responses to the first attempt of a delivery, to the
 * second, and so on. The last one repeats. Without the parameter every response is 200.
 */
export function answerPlans(): (respond: string | null, webhookId: string) => PlannedAnswer {
  const attempts = new Map<string, number>();
  return (respond, webhookId) => {
    const plan = (respond ?? '').split(',').flatMap(readAnswer);
    const attempt = attempts.get(webhookId) ?? 0;
    attempts.set(webhookId, attempt + 1);
    if (attempts.size > rememberedLimit) attempts.delete(attempts.keys().next().value ?? '');
    return plan[Math.min(attempt, plan.length - 1)] ?? 200;
  };
}

function readAnswer(text: string): PlannedAnswer[] {
  const answer = text.trim();
  if (answer === 'timeout') return [answer];
  return /^[2-5]\d\d$/.test(answer) ? [Number(answer)] : [];
}
