package io.github.cameldaraja.simulator.iot;

import java.util.List;

import io.github.cameldaraja.simulator.IotMessage;
import io.github.cameldaraja.simulator.family.Calls;
import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.AnswerFates;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * IoT SIM management: SIM cards of machines and the messages to them.
 */
public final class IotFamily implements Family {

    /** What the paths begin with. */
    public static final String PREFIX = "/simportal/v1/";

    private final Inside inside;
    private final Calls calls;
    private final Inventory inventory;
    private final Outbox outbox;
    private final SimCalls sims;
    private final TrendCall trends;
    private final MessageCalls messages;

    /** With the given plans. */
    public IotFamily(Inside inside, AnswerFates answerFates) {
        this.inside = inside;
        this.calls = new Calls(inside, answerFates, TokenRefusal.BILL_MANAGER);
        this.inventory = new Inventory(inside.clock());
        this.outbox = new Outbox(inside.clock());
        IotAnswers answers = new IotAnswers(inside.json(), inside.ids(), inside.clock(), inside.answers());
        Access access = new Access(inventory, answers);
        this.sims = new SimCalls(inside, inventory, answers, access);
        this.trends = new TrendCall(inside, inventory, answers, access);
        this.messages = new MessageCalls(inside, inventory, outbox, answers, access);
    }

    @Override
    public void mount(Paths paths) {
        calls.post(paths, PREFIX + "allsims", "iot.allSims", sims::all);
        calls.post(paths, PREFIX + "queryLifeCycleStatus", "iot.lifeCycle", sims::lifeCycle);
        calls.post(paths, PREFIX + "querycustomerinfo", "iot.customerInfo", sims::customerInfo);
        calls.post(paths, PREFIX + "simactivation", "iot.activation", sims::activate);
        calls.post(paths, PREFIX + "getactivationtrends", "iot.trends", trends::trends);
        calls.post(paths, PREFIX + "renameasset", "iot.rename", sims::rename);
        calls.post(paths, PREFIX + "suspend_unsuspend_sub", "iot.suspend", sims::suspend);
        calls.post(paths, PREFIX + "searchmessages", "iot.search", messages::search);
        calls.post(paths, PREFIX + "filtermessages", "iot.filter", messages::filter);
        calls.post(paths, PREFIX + "getallmessages", "iot.allMessages", messages::all);
        calls.post(paths, PREFIX + "sendsinglemessage", "iot.send", messages::send);
        calls.post(paths, PREFIX + "deletemessage", "iot.delete", messages::delete);
        calls.post(paths, PREFIX + "deleteMessageThread", "iot.deleteThread", messages::deleteThread);
    }

    @Override
    public void control(ControlPaths paths) {
        new IotControl(inventory, outbox, inside.json()).mount(paths);
    }

    @Override
    public void reset() {
        inventory.reset();
        outbox.reset();
    }

    /** The SIM cards. */
    public Inventory inventory() {
        return inventory;
    }

    /** All messages, in the order in which they were sent. */
    public List<IotMessage> messages() {
        return outbox.all();
    }
}
