// A widget's model without a kernel, and views of it, as a notebook's page makes them.
async ([script, spec, state, count]) => {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const { initialize, render } = (await import(url)).default();
  const held = { spec, state };
  const listeners = new Map();
  const model = {
    sent: [],
    get: (name) => held[name],
    set(name, value) {
      held[name] = value;
      for (const f of [...(listeners.get(`change:${name}`) ?? [])]) f();
    },
    on: (event, f) => listeners.set(event, [...(listeners.get(event) ?? []), f]),
    off: (event, f) => listeners.set(event, (listeners.get(event) ?? []).filter((g) => g !== f)),
    send(message) { model.sent.push(message); },
    hear(message) {
      for (const f of [...(listeners.get('msg:custom') ?? [])]) f(message);
    },
    lose() {
      for (const f of [...(listeners.get('comm_live_update') ?? [])]) f();
    },
  };
  initialize({ model });
  window.another = () => {
    const el = document.createElement('section');
    document.body.append(el);
    return render({ model, el });
  };
  window.views = Array.from({ length: count }, window.another);
  window.model = model;
}
