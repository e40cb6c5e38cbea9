/**
 * The strongly connected parts of a directed graph: of each two nodes of a part, either can be reached from the other.
 * Every node is in one part. Parts and their nodes keep the order of the nodes.
 */
export function stronglyConnected<Node>(nodes: readonly Node[], next: (node: Node) => readonly Node[]): Node[][] {
  const order = new Map<Node, number>();
  const low = new Map<Node, number>();
  const open: Node[] = [];
  const isOpen = new Set<Node>();
  const part = new Map<Node, number>();
  let parts = 0;
  for (const root of nodes) {
    // Tarjan's algorithm with a stack of its own: chains of agents may be longer than the call stack.
    const calls: { node: Node; targets: readonly Node[]; at: number }[] = [];
    const enter = (node: Node): void => {
      order.set(node, order.size);
      low.set(node, order.size - 1);
      open.push(node);
      isOpen.add(node);
      calls.push({ node, targets: next(node), at: 0 });
    };
    if (!order.has(root)) {
      enter(root);
    }
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const { node, targets } = call;
      const target = targets[call.at];
      if (call.at < targets.length) {
        call.at += 1;
        if (target !== undefined && !order.has(target)) {
          enter(target);
        } else if (target !== undefined && isOpen.has(target)) {
          low.set(node, Math.min(low.get(node) ?? 0, order.get(target) ?? 0));
        }
        continue;
      }
      calls.pop();
      const parent = calls.at(-1)?.node;
      if (parent !== undefined) {
        low.set(parent, Math.min(low.get(parent) ?? 0, low.get(node) ?? 0));
      }
      if (low.get(node) === order.get(node)) {
        for (let member = open.pop(); member !== undefined; member = open.pop()) {
          isOpen.delete(member);
          part.set(member, parts);
          if (member === node) {
            break;
          }
        }
        parts += 1;
      }
    }
  }
  const grouped = new Map<number, Node[]>();
  for (const node of nodes) {
    const index = part.get(node) ?? 0;
    grouped.set(index, [...(grouped.get(index) ?? []), node]);
  }
  return [...grouped.values()];
}
