/** Works on some items at once, `ahead` at most, and yields the results in the order of the items. */
export async function* inOrder<T, R>(
  items: readonly T[],
  ahead: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<{ item: T; result: R }> {
  const running: { item: T; result: Promise<R> }[] = [];
  for (const item of items) {
    running.push({ item, result: work(item) });
    if (running.length >= ahead) yield* first(running);
  }
  while (running.length > 0) yield* first(running);
}

async function* first<T, R>(running: { item: T; result: Promise<R> }[]): AsyncGenerator<{ item: T; result: R }> {
  const next = running.shift();
  if (next) yield { item: next.item, result: await next.result };
}
