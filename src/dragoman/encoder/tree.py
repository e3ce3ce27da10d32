"""Arc scores to a dependency tree: the best head of each word, mended to one tree where that is none."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def heads(scores: Floats) -> list[int]:
    """Return each word's head, itself for the root; always exactly one tree with one root.

    Args:
        scores: (L dependents, L heads); the diagonal scores the word as root.

    The best head of each word is a tree nineteen times out of twenty; else the spanning tree of
    Chu and Liu (1965) and Edmonds (1967) is taken for each root in question.
    """
    best = [int(head) for head in scores.argmax(axis=1)]
    if is_tree(best):
        return best
    size = len(best)
    roots = [index for index, head in enumerate(best) if head == index] or [int(scores.diagonal().argmax())]
    found: tuple[float, list[int]] | None = None
    for root in sorted(roots, key=lambda index: -float(scores[index, index]))[:4]:
        table = scores.astype(np.float64)
        np.fill_diagonal(table, -np.inf)
        tree = spanning(table, root)
        total = float(scores[root, root]) + float(sum(scores[index, tree[index]] for index in range(size) if index != root))
        if found is None or total > found[0]:
            found = (total, tree)
    assert found is not None
    return found[1]


def is_tree(head: list[int]) -> bool:
    """Tell whether heads (a root is its own) form one tree with one root."""
    if sum(index == above for index, above in enumerate(head)) != 1:
        return False
    state = [0] * len(head)  # 0 new, 1 on the way, 2 known to reach the root
    for start in range(len(head)):
        path = []
        index = start
        while state[index] == 0:
            state[index] = 1
            path.append(index)
            if head[index] == index:
                break
            index = head[index]
            if state[index] == 1:
                return False
        for each in path:
            state[each] = 2
    return True


def spanning(table: npt.NDArray[np.float64], root: int) -> list[int]:
    """Return the heads of the best spanning tree with ``root`` as its own head.

    Args:
        table: (dependents, heads) with -inf on the diagonal.
    """
    size = len(table)
    head = table.argmax(axis=1)
    head[root] = root
    cycle = _cycle(head, root)
    if cycle is None:
        return [int(each) for each in head]
    inside = np.zeros(size, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = table[np.ix_(outside, outside)]
    out_scores = table[np.ix_(outside, cycle)]  # outside word governed by a word of the cycle
    small[:-1, -1] = out_scores.max(axis=1)
    out_choice = cycle[out_scores.argmax(axis=1)]
    own = table[cycle, head[cycle]]
    in_scores = table[np.ix_(cycle, outside)] - own[:, None]
    small[-1, :-1] = in_scores.max(axis=0)
    in_choice = cycle[in_scores.argmax(axis=0)]
    np.fill_diagonal(small, -np.inf)
    place = int(np.flatnonzero(outside == root)[0])
    inner = spanning(small, place)
    result = [int(each) for each in head]
    for row, word in enumerate(outside):
        if word != root:
            result[word] = int(out_choice[row]) if inner[row] == len(outside) else int(outside[inner[row]])
    entered = inner[-1]
    result[int(in_choice[entered])] = int(outside[entered])
    return result


def _cycle(head: npt.NDArray[np.int64], root: int) -> npt.NDArray[np.int64] | None:
    """Return the words of the first cycle, or None."""
    state = [0] * len(head)
    state[root] = 2
    for start in range(len(head)):
        path: list[int] = []
        index = start
        while state[index] == 0:
            state[index] = 1
            path.append(index)
            index = int(head[index])
        if state[index] == 1 and index in path:
            return np.array(path[path.index(index) :])
        for each in path:
            state[each] = 2
    return None
