// Search, filter and order of the list of integrations. Without it the list is whole, trouble first.
for (const search of document.querySelectorAll('.search')) {
  const list = search.parentElement.querySelector('.list');
  const all = [...list.children].map((item) => ({
    item,
    text: item.textContent.toLowerCase(),
    name: item.querySelector('h4 bdi').textContent,
  }));
  const [text, state, order] = ['.text', '.state-choice', '.order'].map((one) => search.querySelector(one));
  const found = search.querySelector('.found');

  const show = () => {
    const words = text.value.toLowerCase().split(/\s+/);
    let count = 0;
    for (const one of all) {
      const isState = state.value === '' || one.item.dataset.state === state.value;
      const isFound = isState && words.every((word) => one.text.includes(word));
      one.item.hidden = !isFound;
      count += Number(isFound);
    }
    found.textContent = count === all.length ? '' : `${count} of ${all.length}`;
  };
  const orders = {
    name: (one, other) => one.name.localeCompare(other.name),
    newest: (one, other) => (one.item.dataset.newest < other.item.dataset.newest ? 1 : -1),
  };
  const sort = () =>
    list.append(...(orders[order.value] ? all.toSorted(orders[order.value]) : all).map(({ item }) => item));

  text.addEventListener('input', show);
  state.addEventListener('change', show);
  order.addEventListener('change', sort);
  search.hidden = false;
}
