// Linked in the tsan preset only. Debian's oneTBB is built without the thread sanitizer, which therefore sees neither how a task
// goes from thread to thread nor that its memory is used again, and takes both for races. These functions stand before those
// of the library (oneTBB 2021.8), tell the sanitizer what is ordered, and call them. Races inside tasks are found as ever.
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>
#include <cstdlib>

namespace tbb::detail::r1 {
namespace {

template <class Function>
Function* original(const char* mangled) {
    void* found = dlsym(RTLD_NEXT, mangled);
    if (found == nullptr) std::abort();  // another oneTBB than this file was written for
    return reinterpret_cast<Function*>(found);
}

/// A task in its envelope: what its sender did is before what it does.
class Sent final : public d1::task {
  public:
    explicit Sent(d1::task& letter) : letter_(letter) { __tsan_release(this); }

  private:
    d1::task* execute(d1::execution_data& data) override { return open().execute(data); }
    d1::task* cancel(d1::execution_data& data) override { return open().cancel(data); }
    d1::task& open() {
        __tsan_acquire(this);
        d1::task& letter = letter_;
        delete this;
        return letter;
    }

    d1::task& letter_;
};

/// What the tasks did before they signed off in `done` is before what the waiting thread does now.
void acquire(d1::wait_context& done) {
    __tsan_acquire(reinterpret_cast<char*>(&done) + sizeof(std::uint64_t));  // its count, behind its version
}

struct SentDelegate final : d1::delegate_base {
    explicit SentDelegate(d1::delegate_base& delegate) : inner(delegate) { __tsan_release(&inner); }
    bool operator()() const override {
        __tsan_acquire(&inner);
        const bool done = inner();
        __tsan_release(&inner);
        return done;
    }
    d1::delegate_base& inner;
};

}  // namespace

void spawn(d1::task& task, d1::task_group_context& context) {
    static const auto next = original<void(d1::task&, d1::task_group_context&)>("_ZN3tbb6detail2r15spawnERNS0_2d14taskERNS2_18task_group_contextE");
    next(*new Sent(task), context);
}

void spawn(d1::task& task, d1::task_group_context& context, d1::slot_id slot) {
    static const auto next =
        original<void(d1::task&, d1::task_group_context&, d1::slot_id)>("_ZN3tbb6detail2r15spawnERNS0_2d14taskERNS2_18task_group_contextEt");
    next(*new Sent(task), context, slot);
}

void enqueue(d1::task& task, d1::task_group_context& context, d1::task_arena_base* arena) {
    static const auto next = original<void(d1::task&, d1::task_group_context&, d1::task_arena_base*)>(
        "_ZN3tbb6detail2r17enqueueERNS0_2d14taskERNS2_18task_group_contextEPNS2_15task_arena_baseE");
    next(*new Sent(task), context, arena);
}

void execute_and_wait(d1::task& task, d1::task_group_context& context, d1::wait_context& done, d1::task_group_context& waiting) {
    static const auto next = original<void(d1::task&, d1::task_group_context&, d1::wait_context&, d1::task_group_context&)>(
        "_ZN3tbb6detail2r116execute_and_waitERNS0_2d14taskERNS2_18task_group_contextERNS2_12wait_contextES6_");
    next(task, context, done, waiting);
    acquire(done);
}

void wait(d1::wait_context& done, d1::task_group_context& context) {
    static const auto next =
        original<void(d1::wait_context&, d1::task_group_context&)>("_ZN3tbb6detail2r14waitERNS0_2d112wait_contextERNS2_18task_group_contextE");
    next(done, context);
    acquire(done);
}

void execute(d1::task_arena_base& arena, d1::delegate_base& delegate) {
    static const auto next =
        original<void(d1::task_arena_base&, d1::delegate_base&)>("_ZN3tbb6detail2r17executeERNS0_2d115task_arena_baseERNS2_13delegate_baseE");
    SentDelegate sent(delegate);
    next(arena, sent);
    __tsan_acquire(&delegate);
}

void* allocate(d1::small_object_pool*& pool, std::size_t size) {
    static std::uint64_t stand_in = 0;  // the pool's address is asked for, never what is there
    pool = reinterpret_cast<d1::small_object_pool*>(&stand_in);
    return ::operator new (size, std::align_val_t{64});
}
void* allocate(d1::small_object_pool*& pool, std::size_t size, const d1::execution_data&) { return allocate(pool, size); }
void deallocate(d1::small_object_pool&, void* memory, std::size_t) { ::operator delete (memory, std::align_val_t{64}); }
void deallocate(d1::small_object_pool& pool, void* memory, std::size_t size, const d1::execution_data&) { deallocate(pool, memory, size); }

}  // namespace tbb::detail::r1
