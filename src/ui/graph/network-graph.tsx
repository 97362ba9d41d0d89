// The network in the middle of the page: cloud, fog, gateways and devices, the links between them and the messages on them.

import { useMediaQuery } from '@mantine/hooks';
import { type CSSProperties, Suspense, useCallback, useDeferredValue, useMemo, useRef } from 'react';
import { type EdgeChange, type NodeChange, Panel, ReactFlow, ReactFlowProvider, useStore } from 'reactflow';
import { selectedId } from '../../store/node-selection.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { lazyPart } from '../shared/lazy-part.tsx';
import { messagesVisible } from './animation-player.ts';
import { toPlaces } from './canvas/places.ts';
import { useCanvasPointer } from './canvas/use-canvas-pointer.ts';
import { useElementDevices } from './canvas/use-element-devices.ts';
import { usesCanvas } from './canvas/uses-canvas.ts';
import { CLOSE, FAR } from './close-up.ts';
import { DeviceFillSwitch } from './device-fill-switch.tsx';
import { DeviceNode } from './device-node.tsx';
import {
  type GraphNode,
  type LinkFlowEdge,
  nodeOrder,
  shapeOf,
  toLinks,
  toNodes,
  withDevices,
} from './graph-elements.ts';
import { useGraphView } from './graph-view.ts';
import { LinkEdge } from './link-edge.tsx';
import { MessageCanvas } from './message-canvas.tsx';
import { PausedLine } from './paused-line.tsx';
import { offIds } from './presence.ts';
import { SelectionBox, SelectionCount } from './selection-marks.tsx';
import { SignLegend } from './sign-legend.tsx';
import { stageOf } from './stage.ts';
import { TierNames } from './tier-names.tsx';
import { UpperNode } from './upper-node.tsx';
import { useDrag } from './use-drag.ts';
import { NARROW_BELOW, useFittedView } from './use-fitted-view.ts';
import { useGlide } from './use-glide.ts';
import { useGraphKeys } from './use-graph-keys.ts';
import { useReveal } from './use-reveal.ts';
import { useSeveral } from './use-several.ts';
import { useTouch } from './use-touch.ts';
import { ViewButtons } from './view-buttons.tsx';
import 'reactflow/dist/base.css';
import './network-graph.css';

// A fleet that is not large needs none of it.
const FleetCanvas = lazyPart(
  () => import('./canvas/fleet-canvas.tsx'),
  (module) => module.FleetCanvas,
);

/** On a phone, upright or lying, the key would cover the devices. */
const KEY_BELOW = `screen and (max-width: ${NARROW_BELOW - 1}px), screen and (max-height: 559px)`;

const nodeTypes = { device: DeviceNode, upper: UpperNode };
const edgeTypes = { link: LinkEdge };
const CENTRED: [number, number] = [0.5, 0.5];

const spoken = {
  'node.a11yDescription.default':
    'Enter selects it and opens its figures. Shift and Enter adds it to those that are selected, or takes it out. The arrow keys go along the network. Delete removes, Escape lets go.',
  'edge.a11yDescription.default': 'Enter selects the link. The arrow keys go on along the network.',
};

export function NetworkGraph() {
  return (
    <ReactFlowProvider>
      <Graph />
    </ReactFlowProvider>
  );
}

/** React Flow says what was selected and let go, and knows of one at a time; several are the store's alone: use-several.ts. */
function follow(changes: readonly (NodeChange<GraphNode> | EdgeChange<LinkFlowEdge>)[]): void {
  const { select } = foglineStore.getState();
  const selected = selectedId(foglineStore.getState());
  const chosen = changes.find((change) => change.type === 'select' && change.selected);
  if (chosen?.type === 'select') select(chosen.id);
  else if (changes.some((change) => change.type === 'select' && change.id === selected)) select(null);
}

function Graph() {
  const present = useFogline((state) => shapeOf(state.topology));
  // A large fleet is laid out in a task of its own, after the rest of the page.
  const deferred = useDeferredValue(present);
  const topology = usesCanvas(present) ? deferred : present;
  const selected = useFogline(selectedId);
  const isFast = useFogline((state) => state.phase === 'running' && !messagesVisible(state.pace));
  const hasKeyBelow = useMediaQuery(KEY_BELOW, false, { getInitialValueInEffect: false });
  const far = useStore((state) => state.transform[2] < FAR);
  const close = useStore((state) => state.transform[2] > CLOSE);
  const oneFinger = useGraphView((view) => view.oneFinger);
  const canvas = useRef<HTMLDivElement>(null);
  useTouch(canvas, oneFinger);
  const glide = useGlide();
  const { layout, fit } = useFittedView(topology, glide, hasKeyBelow);
  const { dragged, follow: followDrag, onNodeDrag, onNodeDragStop } = useDrag(topology, layout);
  const keys = useGraphKeys(topology);
  useReveal(selected, layout, glide);

  const isPainted = usesCanvas(topology);
  const places = useMemo(() => (isPainted ? toPlaces(topology, layout) : null), [isPainted, topology, layout]);
  const pointer = useCanvasPointer(places);
  const several = useSeveral(topology, layout, places);
  const isSeveral = useGraphView((view) => view.several);
  const attended = useElementDevices(topology, isPainted, selected);

  const shown = useMemo(() => nodeOrder(topology, isPainted ? 'none' : 'all'), [topology, isPainted]);
  const devices = useMemo(() => attended.flatMap((id) => topology.byId.get(id) ?? []), [topology, attended]);
  const resting = useMemo(() => toNodes(topology, layout, shown), [topology, layout, shown]);
  const nodes = useMemo(
    () =>
      withDevices(resting, toNodes(topology, layout, devices), topology).map((node): GraphNode => {
        if (node.id === dragged?.id)
          return { ...node, position: dragged.position, selected: node.id === selected, zIndex: 10 };
        return node.id === selected ? { ...node, selected: true } : node;
      }),
    [resting, devices, topology, layout, dragged, selected],
  );
  const off = useFogline(offIds);
  const links = useMemo(() => toLinks(topology, layout, off, shown), [topology, layout, off, shown]);
  const edges = useMemo(
    () =>
      [...links, ...toLinks(topology, layout, off, devices)].map((link) =>
        link.id === selected ? { ...link, selected: true } : link,
      ),
    [links, devices, topology, layout, off, selected],
  );
  const stage = useMemo(() => stageOf(topology, layout), [topology, layout]);

  const onNodesChange = useCallback(
    (changes: NodeChange<GraphNode>[]) => {
      follow(changes);
      followDrag(changes);
    },
    [followDrag],
  );

  const classes = [
    'network-graph',
    `network-graph-${layout.device.id}`,
    isFast ? 'network-graph-fast' : '',
    far ? 'network-graph-far' : '',
    close ? 'network-graph-close' : '',
    oneFinger ? '' : 'network-graph-scrolls',
    isSeveral ? 'network-graph-several' : '',
  ];
  const paperWidth = useStore(({ width }) => width);
  const paperHeight = useStore(({ height }) => height);
  // On paper the network keeps its size and is scaled: print.css.
  const paper = { '--graph-width': paperWidth, '--graph-height': paperHeight } as CSSProperties;
  const key = (
    <>
      <PausedLine />
      <SignLegend />
      <DeviceFillSwitch />
    </>
  );
  return (
    <div className={classes.join(' ')} style={paper}>
      <div className="network-graph-canvas" ref={canvas} {...several}>
        <ReactFlow
          aria-label="Network: cloud, fog, gateways and devices"
          {...keys}
          {...pointer}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          nodeOrigin={CENTRED}
          onNodesChange={onNodesChange}
          onEdgesChange={follow}
          onNodeDrag={onNodeDrag}
          onNodeDragStop={onNodeDragStop}
          nodesConnectable={false}
          selectNodesOnDrag={false}
          nodeDragThreshold={4}
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          zoomOnDoubleClick={false}
          minZoom={isPainted ? 0.04 : 0.15}
          maxZoom={5}
          ariaLabelConfig={spoken}
        >
          <TierNames bands={layout.bands} />
          {places && (
            <Suspense fallback={null}>
              <FleetCanvas places={places} isFast={isFast} />
            </Suspense>
          )}
          <MessageCanvas stage={stage} />
          {!hasKeyBelow && <Panel position="bottom-left">{key}</Panel>}
          <Panel position="bottom-right">
            <ViewButtons onFit={fit} />
          </Panel>
        </ReactFlow>
        <SelectionBox />
      </div>
      {/* On a phone the key would cover the devices: it stands below, and the page scrolls. */}
      {hasKeyBelow && <div className="network-graph-key">{key}</div>}
      <Word />
      <SelectionCount />
    </div>
  );
}

/** What the graph has just done, or why it did not. */
function Word() {
  const word = useGraphView((view) => view.word);
  return (
    <output className="network-graph-word" key={word}>
      {word}
    </output>
  );
}
